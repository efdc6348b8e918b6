/** Trunks: channels and calls per second, as limits on placing calls. */
@NullMarked
package org.paceline.dialer.trunk;

import org.jspecify.annotations.NullMarked;
