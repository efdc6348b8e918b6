package org.paceline.sip.sdp;

import java.util.List;
import java.util.Locale;

/**
 * One {@code m=} line of a session description (RFC 8866 §5.14).
 *
 * @param kind {@code audio}, {@code video}, {@code image} …, in lower case
 * @param port 0 where the stream is refused or taken out (RFC 3264 §6, §8.2)
 * @param protocol as written, such as {@code RTP/AVP}
 * @param formats payload types for RTP, names for others
 */
public record MediaLine(String kind, int port, String protocol, List<String> formats) {

    private static final int FIELDS = 4;

    public MediaLine {
        formats = List.copyOf(formats);
    }

    /** @param value the line's value, without {@code m=} */
    static MediaLine parse(String value) throws SdpException {
        String[] parts = value.split(" +", -1);
        if (parts.length < FIELDS) {
            throw new SdpException("m=" + value + ": must be a kind, a port, a protocol and a format");
        }
        int port = SdpException.number(parts[1].split("/", 2)[0], "port");
        if (port < 0 || port > 65_535) {
            throw new SdpException("m=" + parts[0] + " port " + port + ": must be 0 to 65535");
        }
        return new MediaLine(
                parts[0].toLowerCase(Locale.ROOT),
                port,
                parts[2],
                List.of(parts).subList(3, parts.length));
    }

    boolean isRefused() {
        return port == 0;
    }

    boolean isAudio() {
        return kind.equals("audio");
    }

    /**
     * Whether the line is RTP without encryption: plain, or with feedback that nobody is obliged to give (RFC 4585
     * §3.1).
     */
    boolean isPlainRtp() {
        return isProfile("RTP/AVP") || isProfile("RTP/AVPF");
    }

    boolean isProfile(String name) {
        return protocol.equalsIgnoreCase(name);
    }

    /**
     * Returns the line that refuses this one in an answer: its kind, protocol and formats with port 0 (RFC 3264 §6).
     */
    String refusal() {
        return "m=" + kind + " 0 " + protocol + " " + String.join(" ", formats) + "\r\n";
    }
}
