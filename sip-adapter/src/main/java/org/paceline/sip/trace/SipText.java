package org.paceline.sip.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * A SIP message read as text, as far as it can be read: for people who look at it, not for the protocol. Every text is
 * taken.
 *
 * <p>Thread: any (immutable).
 *
 * @param first its first line
 * @param headers in their order, each on one line
 * @param body what follows the empty line
 */
public record SipText(String first, List<Header> headers, String body) {

    /** @param name as it is written */
    public record Header(String name, String value) {}

    public SipText {
        headers = List.copyOf(headers);
    }

    public static SipText of(String text) {
        String whole = text.stripLeading();
        int end = headEnd(whole);
        List<String> lines = unfolded(whole.substring(0, end));
        List<Header> headers = new ArrayList<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.add(new Header(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip()));
            }
        }
        return new SipText(
                lines.isEmpty() ? "" : lines.getFirst(),
                headers,
                whole.substring(end).replaceFirst("^\r?\n", ""));
    }

    /** Returns where the empty line begins that ends the headers, else the length. */
    static int headEnd(String text) {
        int line = 0;
        while (line < text.length()) {
            int next = text.indexOf('\n', line);
            if (text.startsWith("\r\n", line) || text.startsWith("\n", line)) {
                return line;
            }
            line = next < 0 ? text.length() : next + 1;
        }
        return text.length();
    }

    private static List<String> unfolded(String head) {
        List<String> lines = new ArrayList<>();
        for (String line : head.split("\r?\n", -1)) {
            boolean isFolded = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            if (isFolded && !lines.isEmpty()) {
                lines.set(lines.size() - 1, lines.getLast() + ' ' + line.strip());
            } else if (!line.isBlank()) {
                lines.add(line.strip());
            }
        }
        return lines;
    }

    public boolean isResponse() {
        return first.startsWith("SIP/");
    }

    /** Returns the value of the first header with that name; empty where there is none. */
    public String value(String name) {
        return value(name, name);
    }

    /** @param compact the name's short form (RFC 3261 §7.3.3) */
    public String value(String name, String compact) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name) || header.name().equalsIgnoreCase(compact)) {
                return header.value();
            }
        }
        return "";
    }

    /** Returns the method of a request, or of the request that it answers; empty where it does not say. */
    public String method() {
        String cseq = value("CSeq");
        int space = cseq.lastIndexOf(' ');
        return space < 0 ? "" : cseq.substring(space + 1);
    }
}
