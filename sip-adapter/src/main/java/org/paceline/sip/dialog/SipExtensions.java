package org.paceline.sip.dialog;

/**
 * The extensions of SIP that our INVITEs offer or require.
 *
 * @param reliable whether provisional responses are to be sent reliably (RFC 3262)
 * @param sessionExpiresSeconds after how long without a refresh a call is over (RFC 4028), at least
 * {@value #LEAST_SESSION_SECONDS}; 0 where we do not ask for a session timer
 */
public record SipExtensions(Reliable reliable, int sessionExpiresSeconds) {

    /** The shortest session interval (RFC 4028 §4). */
    public static final int LEAST_SESSION_SECONDS = 90;

    private static final int USUAL_SESSION_SECONDS = 1_800;

    /** What is offered where nothing else is said. */
    public static final SipExtensions USUAL = new SipExtensions(Reliable.OFFER, USUAL_SESSION_SECONDS);

    public SipExtensions {
        if (sessionExpiresSeconds != 0 && sessionExpiresSeconds < LEAST_SESSION_SECONDS) {
            throw new IllegalArgumentException("sessionExpiresSeconds=" + sessionExpiresSeconds
                    + ": must be 0 or at least " + LEAST_SESSION_SECONDS);
        }
    }

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
