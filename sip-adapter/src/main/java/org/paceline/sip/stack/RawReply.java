package org.paceline.sip.stack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes answers to requests that cannot be parsed: the headers that a response repeats (RFC 3261 §8.2.6.2) are copied.
 */
final class RawReply {

    private RawReply() {}

    /**
     * @param toTag the tag for a To that has none
     * @return null where nobody could match the answer, because there is no Via, or where the request is an ACK
     */
    static byte @Nullable [] to(byte[] request, int status, String reason, String toTag) {
        List<String> lines = unfolded(request);
        if (lines.isEmpty() || lines.getFirst().startsWith("ACK ")) {
            return null;
        }
        StringBuilder reply = new StringBuilder(512);
        reply.append("SIP/2.0 ").append(status).append(' ').append(reason).append("\r\n");
        if (!copy(lines, "Via", "v", true, reply)) {
            return null;
        }
        copy(lines, "From", "f", false, reply);
        String to = first(lines, "To", "t");
        if (to != null) {
            boolean tagged = to.toLowerCase(Locale.ROOT).replace(" ", "").contains(";tag=");
            reply.append("To: ")
                    .append(to)
                    .append(tagged ? "" : ";tag=" + toTag)
                    .append("\r\n");
        }
        copy(lines, "Call-ID", "i", false, reply);
        copy(lines, "CSeq", "cseq", false, reply);
        reply.append("Content-Length: 0\r\n\r\n");
        return reply.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean copy(List<String> lines, String name, String compact, boolean all, StringBuilder reply) {
        boolean found = false;
        for (String line : lines) {
            String value = valueOf(line, name, compact);
            if (value != null && (all || !found)) {
                reply.append(name).append(": ").append(value).append("\r\n");
                found = true;
            }
        }
        return found;
    }

    private static @Nullable String first(List<String> lines, String name, String compact) {
        for (String line : lines) {
            String value = valueOf(line, name, compact);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable String valueOf(String line, String name, String compact) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            return null;
        }
        String found = line.substring(0, colon).strip();
        return found.equalsIgnoreCase(name) || found.equalsIgnoreCase(compact)
                ? line.substring(colon + 1).strip()
                : null;
    }

    /** The first line and the header fields, each on one line without control characters. */
    private static List<String> unfolded(byte[] request) {
        List<String> lines = new ArrayList<>();
        String text = new String(request, StandardCharsets.ISO_8859_1).stripLeading();
        for (String raw : text.split("\r?\n", -1)) {
            if (raw.isBlank()) {
                break;
            }
            String line = raw.replaceAll("\\p{Cntrl}", " ");
            if (!lines.isEmpty() && Character.isWhitespace(raw.charAt(0))) {
                lines.set(lines.size() - 1, lines.getLast() + line);
            } else {
                lines.add(line);
            }
        }
        return lines;
    }
}
