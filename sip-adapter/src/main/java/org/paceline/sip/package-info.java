/** Telephony over SIP and RTP: the adapter behind {@link org.paceline.dialer.port.Telephony} and its settings. */
@NullMarked
package org.paceline.sip;

import org.jspecify.annotations.NullMarked;
