package org.paceline.sip.dialog;

import gov.nist.javax.sip.address.SipUri;
import java.net.InetSocketAddress;

/**
 * Whom a call is for and in whose name.
 *
 * @param name of the call in logs, without a telephone number
 * @param to Request-URI and To
 * @param from From
 * @param assertIdentity whether From is repeated as P-Asserted-Identity (RFC 3325)
 * @param answersItself whether the phone is asked to answer without a hand
 * @param hop where the INVITE is sent
 */
public record CallTarget(
        String name, SipUri to, SipUri from, boolean assertIdentity, boolean answersItself, InetSocketAddress hop) {}
