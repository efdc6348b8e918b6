package org.paceline.sip.dialog;

/**
 * The extensions of SIP that our INVITEs offer or require.
 *
 * @param reliable whether provisional responses are to be sent reliably (RFC 3262)
 */
public record SipExtensions(Reliable reliable) {

    /** What is offered where nothing else is said. */
    public static final SipExtensions USUAL = new SipExtensions(Reliable.OFFER);

    /** Whether provisional responses are to be sent reliably ({@code 100rel}, RFC 3262). */
    public enum Reliable {
        /** The other side may send them reliably. */
        OFFER,
        /** The other side must send them reliably, or refuse the call (420). */
        REQUIRE,
        /** Nothing is said. A response that is sent reliably all the same is acknowledged. */
        OFF
    }
}
