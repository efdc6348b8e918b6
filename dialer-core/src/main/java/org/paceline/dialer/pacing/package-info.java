/** How many calls to place now: the pacers, one for each dial mode, and the abandonment ledger that bounds them. */
@NullMarked
package org.paceline.dialer.pacing;

import org.jspecify.annotations.NullMarked;
