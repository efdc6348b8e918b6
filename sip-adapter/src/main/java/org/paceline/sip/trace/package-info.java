/** The SIP messages of the last time: kept in a bounded ring, found by number, call or trunk, shown masked. */
@NullMarked
package org.paceline.sip.trace;

import org.jspecify.annotations.NullMarked;
