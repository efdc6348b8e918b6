package org.paceline.sip.sdp;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Our side of one session: writes offers and answers with the same origin and a version that grows by one each time
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
     * @param local the address where we want RTP
     * @param sessionId number of the session in {@code o=}, positive
     */
    public LocalAudio(InetSocketAddress local, long sessionId) {
        this.local = local;
        this.sessionId = sessionId;
    }

    /** Makes an offer with PCMU, PCMA and telephone-event, in that order of preference. */
    public byte[] offer() {
        StringBuilder text = head();
        stream(text, local.getPort(), "RTP/AVP", "0 8 " + TELEPHONE_EVENT);
        attributes(text, true, true, TELEPHONE_EVENT, Direction.SENDRECV);
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Makes the answer to an offer of one stream. */
    public byte[] answer(RemoteAudio offer) {
        MediaLine line = new MediaLine("audio", local.getPort(), "RTP/AVP", List.of("" + offer.payloadType()));
        return answer(new SessionDescription(List.of(line), 0, offer));
    }

    /**
     * Makes an answer with as many streams as the offer has, in its order: the one that both support, and the others
     * refused (RFC 3264 §6).
     */
    public byte[] answer(SessionDescription offer) {
        StringBuilder text = head();
        for (int i = 0; i < offer.lines().size(); i++) {
            MediaLine line = offer.lines().get(i);
            if (i == offer.chosen()) {
                taken(text, line, offer.audio());
            } else {
                text.append(line.refusal());
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Whether RTP can go from here to there.
     *
     * @throws SdpException when the other side's address is of the other IP version
     */
    public void checkReaches(RemoteAudio remote) throws SdpException {
        InetSocketAddress there = remote.address();
        if (there != null && isIp6(there) != isIp6(local)) {
            throw new SdpException(
                    "media at " + there.getAddress().getHostAddress() + ": we send from "
                            + local.getAddress().getHostAddress(),
                    SdpException.NETWORK_ADDRESS);
        }
    }

    private static boolean isIp6(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }

    private void taken(StringBuilder text, MediaLine line, RemoteAudio offer) {
        int event = offer.telephoneEventPayloadType();
        boolean pcmu = offer.payloadType() == RemoteAudio.PCMU;
        stream(
                text,
                local.getPort(),
                line.protocol(),
                event < 0 ? "" + offer.payloadType() : offer.payloadType() + " " + event);
        attributes(text, pcmu, !pcmu, event, offer.answer());
    }

    private StringBuilder head() {
        String host = (isIp6(local) ? "IP6 " : "IP4 ") + local.getAddress().getHostAddress();
        StringBuilder text = new StringBuilder(320);
        text.append("v=0\r\no=paceline ").append(sessionId).append(' ').append(++version);
        return text.append(" IN ")
                .append(host)
                .append("\r\ns=-\r\nc=IN ")
                .append(host)
                .append("\r\nt=0 0\r\n");
    }

    private static void stream(StringBuilder text, int port, String protocol, String formats) {
        text.append("m=audio ")
                .append(port)
                .append(' ')
                .append(protocol)
                .append(' ')
                .append(formats)
                .append("\r\n");
    }

    private static void attributes(
            StringBuilder text, boolean pcmu, boolean pcma, int telephoneEvent, Direction direction) {
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
    }
}
