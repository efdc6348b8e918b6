package org.paceline.sip.sdp;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The other side's audio stream.
 *
 * @param address where it wants RTP, or null where it wants none ({@code c=} of all zeros, the hold of RFC 2543)
 * @param payloadType 0 (PCMU) or 8 (PCMA), whichever it lists first
 * @param telephoneEventPayloadType of RFC 4733, or −1
 * @param direction which way media flows, as it says
 */
public record RemoteAudio(
        @Nullable InetSocketAddress address, int payloadType, int telephoneEventPayloadType, Direction direction) {

    public static final int PCMU = 0;
    public static final int PCMA = 8;
    private static final int LONGEST = 16_384;

    /** Where it wants its RTP; the unspecified address and port 0 for nowhere, as on hold. */
    public InetSocketAddress target() {
        return address == null ? new InetSocketAddress(0) : address;
    }

    /**
     * Reads a session description: its first audio stream that is not refused.
     *
     * @throws SdpException when there is no such stream, no G.711 in it, or no address
     */
    public static RemoteAudio parse(byte @Nullable [] body) throws SdpException {
        if (body == null || body.length == 0) {
            throw new SdpException("no session description");
        }
        if (body.length > LONGEST) {
            throw new SdpException("session description of " + body.length + " bytes: at most " + LONGEST);
        }
        return new Reader().read(new String(body, StandardCharsets.UTF_8));
    }

    /** One pass over the lines; session level first, then the first usable audio stream. */
    private static final class Reader {
        private @Nullable String sessionConnection;
        private @Nullable String audioConnection;
        private @Nullable Direction sessionDirection;
        private @Nullable Direction audioDirection;
        private final List<Integer> formats = new ArrayList<>();
        private final Map<Integer, String> encodings = new HashMap<>();
        private int port;
        private boolean inMedia;
        private boolean inAudio;
        private boolean sawAudio;

        RemoteAudio read(String text) throws SdpException {
            if (!text.startsWith("v=0")) {
                throw new SdpException("a session description begins with v=0");
            }
            for (String raw : text.split("\n", -1)) {
                String line = raw.strip();
                if (line.length() >= 2 && line.charAt(1) == '=') {
                    line(line.charAt(0), line.substring(2));
                }
            }
            return result();
        }

        private void line(char type, String value) throws SdpException {
            switch (type) {
                case 'm' -> media(value);
                case 'c' -> connection(value);
                case 'a' -> attribute(value);
                default -> {}
            }
        }

        private void media(String value) throws SdpException {
            inMedia = true;
            inAudio = false;
            String[] parts = value.split(" +", -1);
            if (sawAudio || parts.length < 4 || !parts[0].equals("audio")) {
                return;
            }
            int offered = number(parts[1].split("/", 2)[0], "port");
            if (offered < 0 || offered > 65_535) {
                throw new SdpException("m=audio port " + offered + ": 0 to 65535");
            }
            if (offered == 0 || !parts[2].equals("RTP/AVP")) {
                return;
            }
            inAudio = true;
            sawAudio = true;
            port = offered;
            for (int i = 3; i < parts.length; i++) {
                formats.add(number(parts[i], "payload type"));
            }
        }

        private void connection(String value) {
            if (inAudio) {
                audioConnection = value;
            } else if (!inMedia) {
                sessionConnection = value;
            }
        }

        private void attribute(String value) throws SdpException {
            Direction direction = direction(value);
            if (direction != null) {
                if (inAudio) {
                    audioDirection = direction;
                } else if (!inMedia) {
                    sessionDirection = direction;
                }
            } else if (inAudio && value.startsWith("rtpmap:")) {
                String[] parts = value.substring("rtpmap:".length()).strip().split(" +", 2);
                if (parts.length == 2) {
                    encodings.put(number(parts[0], "payload type"), parts[1].toLowerCase(Locale.ROOT));
                }
            }
        }

        private static @Nullable Direction direction(String attribute) {
            for (Direction direction : Direction.values()) {
                if (direction.attribute().equals(attribute)) {
                    return direction;
                }
            }
            return null;
        }

        private RemoteAudio result() throws SdpException {
            if (!sawAudio) {
                throw new SdpException("no audio stream over RTP/AVP");
            }
            int payloadType = -1;
            int telephoneEvent = -1;
            for (int format : formats) {
                if (payloadType < 0 && isG711(format)) {
                    payloadType = format;
                }
                if (telephoneEvent < 0 && encodings.getOrDefault(format, "").startsWith("telephone-event/8000")) {
                    telephoneEvent = format;
                }
            }
            if (payloadType < 0) {
                throw new SdpException("no common codec in " + formats + ": we speak PCMU (0) and PCMA (8)");
            }
            Direction direction = audioDirection != null
                    ? audioDirection
                    : sessionDirection != null ? sessionDirection : Direction.SENDRECV;
            return new RemoteAudio(address(), payloadType, telephoneEvent, direction);
        }

        private boolean isG711(int format) {
            return switch (format) {
                case PCMU -> encodings.getOrDefault(format, "pcmu/8000").startsWith("pcmu/8000");
                case PCMA -> encodings.getOrDefault(format, "pcma/8000").startsWith("pcma/8000");
                default -> false;
            };
        }

        private @Nullable InetSocketAddress address() throws SdpException {
            String connection = audioConnection != null ? audioConnection : sessionConnection;
            if (connection == null) {
                throw new SdpException("no c= line");
            }
            String[] parts = connection.split(" +", -1);
            // A name would need DNS on the way of the call; RFC 8866 §5.7 allows one, nobody sends one.
            byte @Nullable [] bytes =
                    parts.length < 3 ? null : NetUtil.createByteArrayFromIpAddressString(parts[2].split("/", 2)[0]);
            if (bytes == null) {
                throw new SdpException("c=" + connection + ": must hold an IP address");
            }
            try {
                InetAddress address = InetAddress.getByAddress(bytes);
                return address.isAnyLocalAddress() ? null : new InetSocketAddress(address, port);
            } catch (UnknownHostException e) {
                throw new SdpException("c=" + connection + ": " + e.getMessage());
            }
        }

        private static int number(String text, String what) throws SdpException {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new SdpException(what + " " + text + ": must be a number");
            }
        }
    }
}
