/** Campaigns: their settings, their leads in the order to be dialled, and what the judge refused. */
@NullMarked
package org.paceline.dialer.campaign;

import org.jspecify.annotations.NullMarked;
