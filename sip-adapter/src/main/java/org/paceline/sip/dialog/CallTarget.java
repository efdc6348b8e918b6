package org.paceline.sip.dialog;

import gov.nist.javax.sip.address.SipUri;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.stack.CallSubject;
import org.paceline.sip.stack.Hop;

/**
 * The destination of a call, and the identity that it shows.
 *
 * @param subject what the call is for
 * @param to the Request-URI and To
 * @param caller From and the headers beside it
 * @param answersItself whether the phone is asked to answer by itself
 * @param hop where the INVITE is sent
 * @param extensions what the INVITE offers and requires beside the basic protocol
 * @param authenticator answers the challenges to the call's requests
 * @param route the way to a phone that registered
 */
public record CallTarget(
        CallSubject subject,
        SipUri to,
        CallerIdentity caller,
        boolean answersItself,
        Hop hop,
        SipExtensions extensions,
        Authenticator authenticator,
        PhoneRoute route) {

    /** A target that is reached where it says. */
    public CallTarget(
            CallSubject subject,
            SipUri to,
            CallerIdentity caller,
            boolean answersItself,
            Hop hop,
            SipExtensions extensions,
            Authenticator authenticator) {
        this(subject, to, caller, answersItself, hop, extensions, authenticator, PhoneRoute.NONE);
    }

    /** Returns the call's name in logs, without a telephone number. */
    public String name() {
        return subject.name();
    }
}
