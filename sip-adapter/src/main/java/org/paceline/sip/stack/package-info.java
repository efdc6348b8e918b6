/**
 * JAIN-SIP behind a small front: {@link org.paceline.sip.stack.SipEndpoint}. The stack's weak spots are overridden here
 * and nowhere else: table scans, timers, receive threads, logging. Nothing outside this adapter sees a JAIN type.
 */
@NullMarked
package org.paceline.sip.stack;

import org.jspecify.annotations.NullMarked;
