package org.paceline.daemon.csv;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads all bytes of a file once: its first ones, whether it is UTF-8, and a sample from where it is no longer ASCII.
 *
 * <p>Thread: one.
 */
final class ByteSurvey {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int BUFFER = 1 << 16;
    private static final int MARK_BYTES = 4;

    private final int mostSampled;
    private byte[] head = new byte[0];
    private byte[] sample = new byte[0];
    private byte[] sinceLine = new byte[0];
    private long sequences;
    private long faults;
    private long lineBreaks;
    private long firstFaultLine;
    private int missing;

    private ByteSurvey(int mostSampled) {
        this.mostSampled = mostSampled;
    }

    static ByteSurvey of(Path file, int mostSampled) throws IOException {
        ByteSurvey survey = new ByteSurvey(mostSampled);
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            int length = in.readNBytes(buffer, 0, BUFFER);
            survey.head = Arrays.copyOf(buffer, length);
            while (length > 0) {
                survey.look(buffer, length);
                length = in.readNBytes(buffer, 0, BUFFER);
            }
        }
        survey.end();
        return survey;
    }

    /** Returns the first bytes, 64 KiB at most. */
    byte[] head() {
        return head;
    }

    /** Returns whole lines, from the first one that is not ASCII. */
    byte[] sample() {
        return sample;
    }

    /** Returns the line of the first byte that is not UTF-8, 1 being the first. */
    long firstFaultLine() {
        return firstFaultLine;
    }

    /** Whether the file is mostly UTF-8, so that the rest is a fault and not another encoding. */
    boolean isNearlyUtf8() {
        return sequences > 0 && faults * 4 <= sequences;
    }

    /** Returns the Unicode encoding of the file, or null for another one. */
    @Nullable
    Charset unicode() {
        if (marked(0xEF, 0xBB, 0xBF)) {
            return faults == 0 ? StandardCharsets.UTF_8 : null;
        }
        if (marked(0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        if (marked(0xFE, 0xFF)) {
            return StandardCharsets.UTF_16BE;
        }
        Charset wide = wide();
        return wide != null ? wide : faults == 0 ? StandardCharsets.UTF_8 : null;
    }

    private boolean marked(int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (head.length <= i || (head[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns UTF-16 for a file without a mark in which every second byte of digits, separators and line ends is zero.
     */
    private @Nullable Charset wide() {
        int pairs = head.length / 2;
        int first = 0;
        int second = 0;
        for (int i = 0; i < pairs; i++) {
            first += head[2 * i] == 0 ? 1 : 0;
            second += head[2 * i + 1] == 0 ? 1 : 0;
        }
        if (pairs < MARK_BYTES || (first + second) * 5 < pairs) {
            return null;
        }
        if (second > 10 * first) {
            return StandardCharsets.UTF_16LE;
        }
        return first > 10 * second ? StandardCharsets.UTF_16BE : null;
    }

    private void look(byte[] bytes, int length) {
        int i = 0;
        while (i < length) {
            if (missing == 0 && i + Long.BYTES <= length && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
                for (int end = i + Long.BYTES; i < end; i++) {
                    lineBreaks += bytes[i] == '\n' ? 1 : 0;
                }
                continue;
            }
            take(bytes[i] & 0xFF);
            i++;
        }
        keep(bytes, length);
    }

    /**
     * Takes a byte, by RFC 3629 without its finer rules: over-long forms and surrogates are rare and fail when the file
     * is read.
     */
    private void take(int b) {
        lineBreaks += b == '\n' ? 1 : 0;
        if (missing > 0) {
            if ((b & 0xC0) == 0x80) {
                missing--;
                sequences += missing == 0 ? 1 : 0;
                return;
            }
            missing = 0;
            fault();
        }
        if (b < 0x80) {
            return;
        }
        if (b >= 0xC2 && b < 0xE0) {
            missing = 1;
        } else if (b >= 0xE0 && b < 0xF0) {
            missing = 2;
        } else if (b >= 0xF0 && b < 0xF5) {
            missing = 3;
        } else {
            fault();
        }
    }

    private void fault() {
        if (faults++ == 0) {
            firstFaultLine = lineBreaks + 1;
        }
    }

    private void keep(byte[] bytes, int length) {
        if (sample.length >= mostSampled) {
            return;
        }
        int from = 0;
        if (sample.length == 0) {
            while (from < length && bytes[from] >= 0) {
                from++;
            }
            int line = from;
            while (line > 0 && bytes[line - 1] != '\n') {
                line--;
            }
            if (from == length) {
                sinceLine = Arrays.copyOfRange(bytes, line, length);
                return;
            }
            sample = line == 0 ? sinceLine : sample;
            from = line;
        }
        int old = sample.length;
        sample = Arrays.copyOf(sample, old + length - from);
        System.arraycopy(bytes, from, sample, old, length - from);
    }

    private void end() {
        if (missing > 0) {
            fault();
        }
        int end = sample.length;
        while (end > 0 && sample[end - 1] != '\n' && sample.length >= mostSampled) {
            end--;
        }
        sample = Arrays.copyOf(sample, end == 0 ? sample.length : end);
    }
}
