package org.paceline.sip.sdp;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Our side of one session: writes offers and answers with the same origin and a version that grows by one each
 * (RFC 3264 §8).
 *
 * <p>Thread: one at a time.
 */
public final class LocalAudio {

    /** Our payload type for telephone-event (RFC 4733) in offers. */
    public static final int TELEPHONE_EVENT = 101;

    private final InetSocketAddress local;
    private final long sessionId;
    private long version;

    /**
     * @param local where we want RTP
     * @param sessionId number of the session in {@code o=}, positive
     */
    public LocalAudio(InetSocketAddress local, long sessionId) {
        this.local = local;
        this.sessionId = sessionId;
    }

    /** PCMU, PCMA and telephone-event, in that order of liking. */
    public byte[] offer() {
        return write("0 8 " + TELEPHONE_EVENT, true, true, TELEPHONE_EVENT, Direction.SENDRECV);
    }

    /** The stream that both speak. */
    public byte[] answer(RemoteAudio offer) {
        int event = offer.telephoneEventPayloadType();
        String formats = event < 0 ? "" + offer.payloadType() : offer.payloadType() + " " + event;
        boolean pcmu = offer.payloadType() == RemoteAudio.PCMU;
        return write(formats, pcmu, !pcmu, event, offer.direction().answer());
    }

    private byte[] write(String formats, boolean pcmu, boolean pcma, int telephoneEvent, Direction direction) {
        String family = local.getAddress() instanceof Inet6Address ? "IP6 " : "IP4 ";
        String host = family + local.getAddress().getHostAddress();
        StringBuilder text = new StringBuilder(320);
        text.append("v=0\r\no=paceline ").append(sessionId).append(' ').append(++version);
        text.append(" IN ").append(host).append("\r\ns=-\r\nc=IN ").append(host).append("\r\nt=0 0\r\n");
        text.append("m=audio ")
                .append(local.getPort())
                .append(" RTP/AVP ")
                .append(formats)
                .append("\r\n");
        if (pcmu) {
            text.append("a=rtpmap:0 PCMU/8000\r\n");
        }
        if (pcma) {
            text.append("a=rtpmap:8 PCMA/8000\r\n");
        }
        if (telephoneEvent >= 0) {
            text.append("a=rtpmap:").append(telephoneEvent).append(" telephone-event/8000\r\n");
            text.append("a=fmtp:").append(telephoneEvent).append(" 0-16\r\n");
        }
        text.append("a=ptime:20\r\na=").append(direction.attribute()).append("\r\n");
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
