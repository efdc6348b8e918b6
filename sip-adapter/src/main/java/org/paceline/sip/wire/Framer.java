package org.paceline.sip.wire;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into messages, by their Content-Length (RFC 3261 §18.3). Empty lines between messages are keep-alive:
 * two are a ping, which is to be answered by one (RFC 5626 §3.5.1).
 *
 * <p>After a {@link Frame.Broken} nobody knows where the next message begins; the connection is of no more use.
 *
 * <p>Thread: one.
 */
final class Framer {

    /** The longest first line and headers, in bytes. */
    static final int MOST_HEAD = 16_384;
    /** The longest body, in bytes. */
    static final int MOST_BODY = 65_535;

    private static final int BAD_REQUEST = 400;
    private static final int BODY_TOO_LARGE = 413;
    private static final int MESSAGE_TOO_LARGE = 513;
    private static final int FIRST_BYTES = 2_048;

    private byte[] data = new byte[FIRST_BYTES];
    private int filled;
    /** Where the line begins that was not seen to its end yet. */
    private int line;
    /** The length of the head, once all of it is there; else 0. */
    private int head;

    private int length;
    private int emptyLines;

    /** What a stream consists of. */
    sealed interface Frame {

        /** @param bytes of one message, of the length that it says */
        @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
        record Message(byte[] bytes) implements Frame {}

        /** The other side asks whether the connection stands. */
        record Ping() implements Frame {}

        /**
         * What comes cannot be cut into messages.
         *
         * @param start what came of the message
         * @param status with which it is refused, if it is a request
         */
        @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
        record Broken(byte[] start, int status, String reason) implements Frame {}
    }

    /** Whether a message has begun and is not complete. */
    boolean isWithinMessage() {
        return filled > 0;
    }

    /** Takes bytes up to the next frame; null where they hold none to its end. */
    @Nullable
    Frame next(ByteBuf in) {
        while (in.isReadable()) {
            if (filled == 0 && isLineEnd(in.getByte(in.readerIndex()))) {
                if (in.readByte() == '\n' && ++emptyLines == 2) {
                    emptyLines = 0;
                    return new Frame.Ping();
                }
                continue;
            }
            emptyLines = 0;
            Frame frame = head == 0 ? takeHead(in) : takeBody(in);
            if (frame != null) {
                return frame;
            }
        }
        return null;
    }

    /** Takes bytes up to the end of the head. */
    private @Nullable Frame takeHead(ByteBuf in) {
        while (in.isReadable()) {
            byte next = in.readByte();
            add(next);
            if (next == '\n') {
                boolean isEmpty = isEmptyLine();
                line = filled;
                if (isEmpty) {
                    head = filled;
                    return beginBody();
                }
            }
            if (filled >= MOST_HEAD) {
                return broken(MESSAGE_TOO_LARGE, "Headers Too Long");
            }
        }
        return null;
    }

    private @Nullable Frame beginBody() {
        long said = ContentLength.of(data, filled);
        if (said == ContentLength.MISSING) {
            return broken(BAD_REQUEST, "Missing Content-Length");
        }
        if (said == ContentLength.BAD) {
            return broken(BAD_REQUEST, "Bad Content-Length");
        }
        if (said > MOST_BODY) {
            return broken(BODY_TOO_LARGE, "Body Too Long");
        }
        length = (int) said;
        return length == 0 ? message() : null;
    }

    private @Nullable Frame takeBody(ByteBuf in) {
        int wanted = head + length - filled;
        int there = Math.min(wanted, in.readableBytes());
        grow(filled + there);
        in.readBytes(data, filled, there);
        filled += there;
        return there == wanted ? message() : null;
    }

    private Frame message() {
        Frame.Message message = new Frame.Message(Arrays.copyOf(data, filled));
        reset();
        return message;
    }

    private Frame broken(int status, String reason) {
        Frame.Broken broken = new Frame.Broken(Arrays.copyOf(data, filled), status, reason);
        reset();
        return broken;
    }

    private void reset() {
        filled = 0;
        line = 0;
        head = 0;
        length = 0;
        if (data.length > FIRST_BYTES) {
            data = new byte[FIRST_BYTES];
        }
    }

    private void add(byte next) {
        grow(filled + 1);
        data[filled++] = next;
    }

    private void grow(int wanted) {
        if (wanted > data.length) {
            data = Arrays.copyOf(data, Math.max(wanted, 2 * data.length));
        }
    }

    private boolean isEmptyLine() {
        for (int i = line; i < filled; i++) {
            if (data[i] > ' ' || data[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLineEnd(byte value) {
        return value == '\r' || value == '\n';
    }
}
