/** The settings of a campaign, in the terms of the engine. Values only. */
@NullMarked
package org.paceline.dialer.campaign;

import org.jspecify.annotations.NullMarked;
