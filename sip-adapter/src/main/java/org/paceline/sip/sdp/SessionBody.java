package org.paceline.sip.sdp;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the session description in the body of a message: the body itself, or the first one in a multipart body (RFC
 * 5621, RFC 2046 §5.1), as trunks with ISUP or a location send it. Where no header says what a body is, its first
 * characters tell.
 */
public final class SessionBody {

    /** How deep multipart bodies may be nested. */
    private static final int DEEPEST = 4;

    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary\\s*=\\s*(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern FIRST_DELIMITER = Pattern.compile("(?:^|\n)--([^\r\n]+)\r?\n");
    private static final Pattern BLANK_LINE = Pattern.compile("(?:^|\n)\r?\n");
    private static final Pattern CONTENT_TYPE =
            Pattern.compile("(?:^|\n)(?:content-type|c)[ \t]*:[ \t]*((?:[^\n]|\n[ \t])*)", Pattern.CASE_INSENSITIVE);

    private SessionBody() {}

    /**
     * Returns the session description, without blank lines before it.
     *
     * @param contentType value of the Content-Type header, or null where there is none that can be read
     * @return null where the body holds none
     */
    public static byte @Nullable [] find(byte @Nullable [] body, @Nullable String contentType) {
        if (body == null || body.length == 0) {
            return null;
        }
        String found = find(new String(body, StandardCharsets.ISO_8859_1), contentType, 0);
        return found == null ? null : found.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String find(String body, @Nullable String contentType, int depth) {
        String type = contentType == null ? guessed(body) : contentType.strip().toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/")) {
            return depth < DEEPEST ? findInParts(body, contentType == null ? "" : contentType, depth) : null;
        }
        String kind = type.split("[;\\s]", 2)[0];
        if (!kind.equals("application/sdp")) {
            return null;
        }
        String session = body.stripLeading();
        // A byte order mark, read as three characters.
        session =
                session.startsWith("\u00ef\u00bb\u00bf") ? session.substring(3).stripLeading() : session;
        return session.isEmpty() ? null : session;
    }

    private static String guessed(String body) {
        String start = body.stripLeading();
        return start.startsWith("v=") ? "application/sdp" : start.startsWith("--") ? "multipart/mixed" : "";
    }

    private static @Nullable String findInParts(String body, String contentType, int depth) {
        String boundary = boundary(body, contentType);
        if (boundary == null) {
            return null;
        }
        // Before the first delimiter is a preamble; behind the last one, which ends in "--", an epilogue.
        String[] parts = ("\n" + body).split("\r?\n--" + Pattern.quote(boundary), -1);
        for (int i = 1; i < parts.length && !parts[i].startsWith("--"); i++) {
            String found = findInPart(parts[i], depth);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable String boundary(String body, String contentType) {
        Matcher named = BOUNDARY.matcher(contentType);
        if (named.find()) {
            return named.group(1) == null ? named.group(2) : named.group(1).stripTrailing();
        }
        Matcher first = FIRST_DELIMITER.matcher(body);
        return first.find() ? first.group(1).stripTrailing() : null;
    }

    /** @param part from the end of its delimiter on: the rest of that line, headers, a blank line, content */
    private static @Nullable String findInPart(String part, int depth) {
        int line = part.indexOf('\n');
        if (line < 0) {
            return null;
        }
        String rest = part.substring(line + 1);
        Matcher blank = BLANK_LINE.matcher(rest);
        if (!blank.find()) {
            return find(rest, null, depth + 1);
        }
        Matcher type = CONTENT_TYPE.matcher(rest.substring(0, blank.start()));
        return find(rest.substring(blank.end()), type.find() ? type.group(1) : null, depth + 1);
    }
}
