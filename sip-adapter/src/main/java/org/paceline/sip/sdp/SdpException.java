package org.paceline.sip.sdp;

/** A session description that cannot be used; the message says what it lacks. */
public final class SdpException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The warning codes of RFC 3261 §20.43. */
    static final int NETWORK_ADDRESS = 301;

    static final int TRANSPORT = 302;
    static final int MEDIA_TYPE = 304;
    static final int MEDIA_FORMAT = 305;
    static final int MISCELLANEOUS = 399;

    private final int warning;

    public SdpException(String message) {
        this(message, MISCELLANEOUS);
    }

    SdpException(String message, int warning) {
        super(message);
        this.warning = warning;
    }

    /**
     * Returns the code for a Warning header (RFC 3261 §20.43): 301 address, 302 transport, 304 media type, 305 format,
     * 399 otherwise.
     */
    public int warning() {
        return warning;
    }

    static int number(String text, String what) throws SdpException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw new SdpException(what + " " + text + ": must be a number");
        }
    }
}
