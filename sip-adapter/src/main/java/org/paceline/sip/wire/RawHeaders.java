package org.paceline.sip.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Looks for single header fields in a message that is not parsed. Only {@link #userOf} allocates. Thread: any. */
public final class RawHeaders {

    /** The beginning of every SIP-Version (RFC 3261 §7.1, §7.2). */
    public static final String ANY_VERSION = "sip/";

    private static final int LONGEST_USER = 100;

    private RawHeaders() {}

    /** Returns where the first line begins: a sender may put empty lines before it (RFC 3261 §7.5). */
    public static int start(byte[] data, int end) {
        int at = 0;
        while (at < end && (data[at] == '\r' || data[at] == '\n')) {
            at++;
        }
        return at;
    }

    /** Whether a response begins there, of whatever version. */
    public static boolean isResponse(byte[] data, int start, int end) {
        return beginsWith(data, start, end, ANY_VERSION);
    }

    /**
     * Returns where the value of the first header field of that name begins, skipping blanks; −1 where there is none
     * before the headers or the data end.
     *
     * @param lowerCase the name in lower case
     * @param compact its compact form (RFC 3261 §7.3.3)
     */
    public static int value(byte[] data, int start, int end, String lowerCase, char compact) {
        int line = nextLine(data, start, end);
        while (line < end && data[line] != '\r' && data[line] != '\n') {
            int colon = afterName(data, line, end, lowerCase, compact);
            if (colon >= 0) {
                return afterBlanks(data, colon, end);
            }
            line = nextLine(data, line, end);
        }
        return -1;
    }

    /**
     * Returns where the branch's token begins in the topmost Via, behind the magic cookie (RFC 3261 §8.1.1.7); or −1.
     */
    public static int branchToken(byte[] data, int start, int end) {
        int at = value(data, start, end, "via", 'v');
        if (at < 0) {
            return -1;
        }
        for (; at < end && data[at] != ','; at++) {
            if (data[at] == '\n' && !(at + 1 < end && isBlank(data[at + 1]))) {
                return -1;
            }
            if (data[at] == ';' && beginsWith(data, afterBlanks(data, at + 1, end), end, "branch")) {
                int equals = afterBlanks(data, afterBlanks(data, at + 1, end) + "branch".length(), end);
                int cookie = equals < end && data[equals] == '=' ? afterBlanks(data, equals + 1, end) : end;
                return beginsWith(data, cookie, end, "z9hg4bk") ? cookie + "z9hg4bk".length() : -1;
            }
        }
        return -1;
    }

    /** Returns a hash of the text from there to the end of the line, leaving out blanks. */
    public static int hashOfLine(byte[] data, int from, int end) {
        int hash = 17;
        for (int i = from; i < end && data[i] != '\r' && data[i] != '\n'; i++) {
            if (data[i] != ' ') {
                hash = 31 * hash + data[i];
            }
        }
        return hash ^ (hash >>> 16);
    }

    /**
     * Returns the user of the first {@code sip:} or {@code sips:} URI in the line, as it is written; null where there is
     * none of at most {@value #LONGEST_USER} characters.
     */
    public static @Nullable String userOf(byte[] data, int from, int end) {
        if (from < 0) {
            return null;
        }
        for (int at = from; at < end && data[at] != '\r' && data[at] != '\n'; at++) {
            if (beginsWith(data, at, end, "sip:") || beginsWith(data, at, end, "sips:")) {
                return userAt(data, at + (data[at + 3] == ':' ? 4 : 5), end);
            }
        }
        return null;
    }

    private static @Nullable String userAt(byte[] data, int from, int end) {
        for (int at = from; at < end && at - from <= LONGEST_USER; at++) {
            if (data[at] == '@') {
                return new String(data, from, at - from, StandardCharsets.ISO_8859_1);
            }
            if (data[at] <= ' ' || data[at] == '>' || data[at] == ';') {
                return null;
            }
        }
        return null;
    }

    public static int nextLine(byte[] data, int from, int end) {
        int at = from;
        while (at < end && data[at] != '\n') {
            at++;
        }
        return Math.min(end, at + 1);
    }

    private static int afterName(byte[] data, int line, int end, String lowerCase, char compact) {
        int at;
        if (beginsWith(data, line, end, lowerCase)) {
            at = afterBlanks(data, line + lowerCase.length(), end);
            if (at < end && data[at] == ':') {
                return at + 1;
            }
        }
        if (line < end && (data[line] | 0x20) == compact) {
            at = afterBlanks(data, line + 1, end);
            if (at < end && data[at] == ':') {
                return at + 1;
            }
        }
        return -1;
    }

    private static int afterBlanks(byte[] data, int from, int end) {
        int at = from;
        while (at < end && isBlank(data[at])) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t';
    }

    /** @param lowerCase the text in lower case; the comparison ignores case */
    public static boolean beginsWith(byte[] data, int at, int end, String lowerCase) {
        if (at + lowerCase.length() > end) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            byte character = data[at + i];
            int folded = character >= 'A' && character <= 'Z' ? character | 0x20 : character;
            if (folded != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
