/** Calls: their states, what is ordered of the telephone network, and how they end. */
@NullMarked
package org.paceline.dialer.call;

import org.jspecify.annotations.NullMarked;
