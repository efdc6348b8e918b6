/** Calls: orders to the telephone network, states, outcomes and whose fault they are. Values only. */
@NullMarked
package org.paceline.dialer.call;

import org.jspecify.annotations.NullMarked;
