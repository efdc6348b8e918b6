package org.paceline.sip.sdp;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a session description about one stream, or about the session as a whole. Thread: one. */
final class StreamDescription {

    private final MediaLine line;
    private final Map<Integer, String> encodings = new HashMap<>();
    private @Nullable String connection;
    private @Nullable Direction direction;

    StreamDescription(MediaLine line) {
        this.line = line;
    }

    /** Begins the part before the first stream, which describes the session. */
    static StreamDescription ofSession() {
        return new StreamDescription(new MediaLine("session", 0, "", List.of()));
    }

    MediaLine line() {
        return line;
    }

    void connection(String value) {
        connection = connection == null ? value : connection;
    }

    void attribute(String value) {
        Direction said = Direction.ofAttribute(value);
        if (said != null) {
            direction = said;
        } else if (value.startsWith("rtpmap:")) {
            String[] parts = value.substring("rtpmap:".length()).strip().split(" +", 2);
            if (parts.length == 2 && parts[0].matches("\\d{1,3}")) {
                encodings.put(Integer.parseInt(parts[0]), parts[1].toLowerCase(Locale.ROOT));
            }
        }
    }

    /** Returns the stream as one that we can use; anything it does not say itself is taken from the session. */
    RemoteAudio audio(StreamDescription session) throws SdpException {
        int payloadType = -1;
        int telephoneEvent = -1;
        for (String text : line.formats()) {
            int format = SdpException.number(text, "payload type");
            if (payloadType < 0 && isG711(format)) {
                payloadType = format;
            }
            if (telephoneEvent < 0 && encodings.getOrDefault(format, "").startsWith("telephone-event/8000")) {
                telephoneEvent = format;
            }
        }
        if (payloadType < 0) {
            throw new SdpException(
                    "no common codec in " + line.formats() + ": we speak PCMU (0) and PCMA (8)",
                    SdpException.MEDIA_FORMAT);
        }
        Direction said =
                direction != null ? direction : session.direction != null ? session.direction : Direction.SENDRECV;
        return new RemoteAudio(
                address(connection != null ? connection : session.connection), payloadType, telephoneEvent, said);
    }

    private boolean isG711(int format) {
        return switch (format) {
            case RemoteAudio.PCMU -> encodings.getOrDefault(format, "pcmu/8000").startsWith("pcmu/8000");
            case RemoteAudio.PCMA -> encodings.getOrDefault(format, "pcma/8000").startsWith("pcma/8000");
            default -> false;
        };
    }

    private @Nullable InetSocketAddress address(@Nullable String value) throws SdpException {
        if (value == null) {
            throw new SdpException("no c= line");
        }
        String[] parts = value.split(" +", -1);
        // Code that accepts names (RFC 8866 §5.7) has replaced them by addresses before.
        byte @Nullable [] bytes =
                parts.length < 3 ? null : NetUtil.createByteArrayFromIpAddressString(parts[2].split("/", 2)[0]);
        if (bytes == null) {
            throw new SdpException("c=" + value + ": must hold an IP address", SdpException.NETWORK_ADDRESS);
        }
        try {
            InetAddress address = InetAddress.getByAddress(bytes);
            return address.isAnyLocalAddress() ? null : new InetSocketAddress(address, line.port());
        } catch (UnknownHostException e) {
            throw new SdpException("c=" + value + ": " + e.getMessage(), SdpException.NETWORK_ADDRESS);
        }
    }
}
