package org.paceline.sip.wire;

/** Finds the length of a body in a message's headers, as bytes (RFC 3261 §20.14). Thread: any. */
final class ContentLength {

    static final long MISSING = -1;
    /** It is no number, or there are two that differ. */
    static final long BAD = -2;

    private static final int MOST_DIGITS = 10;

    private ContentLength() {}

    /** @param end the end of the headers */
    static long of(byte[] data, int end) {
        long found = MISSING;
        int at = RawHeaders.value(data, 0, end, "content-length", 'l');
        while (at >= 0) {
            long value = number(data, at, end);
            if (value == BAD || (found != MISSING && found != value)) {
                return BAD;
            }
            found = value;
            at = RawHeaders.value(data, at, end, "content-length", 'l');
        }
        return found;
    }

    private static long number(byte[] data, int from, int end) {
        int at = afterBlanks(data, from, end);
        long value = 0;
        int digits = 0;
        for (; at < end && data[at] >= '0' && data[at] <= '9'; at++) {
            value = 10 * value + (data[at] - '0');
            if (++digits > MOST_DIGITS) {
                return BAD;
            }
        }
        at = afterBlanks(data, at, end);
        boolean isWhole = at >= end || data[at] == '\r' || data[at] == '\n';
        return digits > 0 && isWhole ? value : BAD;
    }

    /** Passes over blanks, and over the ends of lines that go on. */
    private static int afterBlanks(byte[] data, int from, int end) {
        int at = from;
        while (at < end) {
            int next = data[at] == '\r' ? at + 1 : at;
            boolean folds = next + 1 < end && data[next] == '\n' && isBlank(data[next + 1]);
            if (folds) {
                at = next + 2;
            } else if (isBlank(data[at])) {
                at++;
            } else {
                return at;
            }
        }
        return at;
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t';
    }
}
