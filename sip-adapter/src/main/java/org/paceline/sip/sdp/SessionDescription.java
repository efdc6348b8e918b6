package org.paceline.sip.sdp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A session description of the other side (RFC 8866): all its streams in order, and the one that we take: the first
 * audio stream over plain RTP that has G.711 in it. Attributes for bundles, feedback and keys are ignored.
 *
 * @param lines its {@code m=} lines; an answer has as many (RFC 3264 §6)
 * @param chosen index of the line that we take, or −1 where all streams are taken out for now
 */
public record SessionDescription(List<MediaLine> lines, int chosen, RemoteAudio audio) {

    private static final int LONGEST = 16_384;

    public SessionDescription {
        lines = List.copyOf(lines);
    }

    /**
     * Reads an answer, or an offer that begins a session.
     *
     * @throws SdpException when there is no stream that we can take; it says why the likeliest one cannot be taken
     */
    public static SessionDescription parse(byte @Nullable [] body) throws SdpException {
        return new Reader(body).choose();
    }

    /**
     * Reads an offer within a session. An offer that has all streams taken out (port 0) holds the call.
     *
     * @param before the other side's stream so far
     * @throws SdpException as for {@link #parse}
     */
    public static SessionDescription parseOffer(byte @Nullable [] body, RemoteAudio before) throws SdpException {
        Reader reader = new Reader(body);
        List<MediaLine> lines = reader.lines();
        return !lines.isEmpty() && lines.stream().allMatch(MediaLine::isRefused)
                ? new SessionDescription(lines, -1, before.held())
                : reader.choose();
    }

    /** Reads the lines in one pass: those of the session, then those of each stream. */
    private static final class Reader {
        private final StreamDescription session = StreamDescription.ofSession();
        private final List<StreamDescription> streams = new ArrayList<>();

        Reader(byte @Nullable [] body) throws SdpException {
            if (body == null || body.length == 0) {
                throw new SdpException("no session description");
            }
            if (body.length > LONGEST) {
                throw new SdpException("session description of " + body.length + " bytes: at most " + LONGEST);
            }
            String text = new String(body, StandardCharsets.UTF_8);
            if (!text.startsWith("v=0")) {
                throw new SdpException("a session description begins with v=0");
            }
            for (String raw : text.split("\n", -1)) {
                String line = raw.strip();
                if (line.length() >= 2 && line.charAt(1) == '=') {
                    line(line.charAt(0), line.substring(2));
                }
            }
        }

        private void line(char type, String value) throws SdpException {
            StreamDescription current = streams.isEmpty() ? session : streams.getLast();
            switch (type) {
                case 'm' -> streams.add(new StreamDescription(MediaLine.parse(value)));
                case 'c' -> current.connection(value);
                case 'a' -> current.attribute(value);
                default -> {}
            }
        }

        List<MediaLine> lines() {
            return streams.stream().map(StreamDescription::line).toList();
        }

        /**
         * Chooses the stream. Plain RTP goes before RTP with feedback, and the other side's order decides between
         * equals.
         */
        SessionDescription choose() throws SdpException {
            SdpException why = null;
            for (String profile : List.of("RTP/AVP", "RTP/AVPF")) {
                for (int i = 0; i < streams.size(); i++) {
                    StreamDescription stream = streams.get(i);
                    if (!stream.line().isAudio()
                            || stream.line().isRefused()
                            || !stream.line().isProfile(profile)) {
                        continue;
                    }
                    try {
                        return new SessionDescription(lines(), i, stream.audio(session));
                    } catch (SdpException e) {
                        why = why == null ? e : why;
                    }
                }
            }
            throw why == null ? noAudio() : why;
        }

        private SdpException noAudio() {
            for (StreamDescription stream : streams) {
                MediaLine line = stream.line();
                if (line.isAudio() && !line.isRefused() && !line.isPlainRtp()) {
                    return new SdpException(
                            "m=audio over " + line.protocol().toUpperCase(Locale.ROOT) + ": we speak RTP/AVP",
                            SdpException.TRANSPORT);
                }
            }
            return new SdpException("no audio stream over RTP/AVP", SdpException.MEDIA_TYPE);
        }
    }
}
