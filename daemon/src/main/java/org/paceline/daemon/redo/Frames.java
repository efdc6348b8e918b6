package org.paceline.daemon.redo;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The form of everything in the log's and the copies' files: a mark of four bytes, the content's length, a CRC-32C over
 * length and content, and the content.
 */
final class Frames {
    static final int HEAD_BYTES = 12;

    /** No frame is longer: a length beyond it is no length. */
    static final int MOST_BYTES = 1 << 30;

    private Frames() {}

    /** Begins a frame in an empty buffer; its content is written behind. */
    static ByteWriter begin(ByteWriter out, int mark) {
        out.clear();
        return out.putInt(mark).putInt(0).putInt(0);
    }

    /** Ends the frame that was begun, and returns its bytes. */
    static ByteBuffer end(ByteWriter out) {
        int length = out.size() - HEAD_BYTES;
        out.setInt(4, length);
        out.setInt(8, crc(length, out.array(), HEAD_BYTES));
        return ByteBuffer.wrap(out.array(), 0, out.size());
    }

    private static int crc(int length, byte[] bytes, int offset) {
        CRC32C crc = new CRC32C();
        crc.update(length >>> 24);
        crc.update(length >>> 16);
        crc.update(length >>> 8);
        crc.update(length);
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /**
     * Reads the next frame.
     *
     * @param left how many bytes the file has from here on
     * @return its content, or null where the bytes are no whole frame of that mark
     */
    static byte @Nullable [] read(InputStream in, int mark, long left) throws IOException {
        byte[] head = in.readNBytes(HEAD_BYTES);
        if (head.length < HEAD_BYTES) {
            return null;
        }
        ByteBuffer numbers = ByteBuffer.wrap(head);
        int found = numbers.getInt();
        int length = numbers.getInt();
        int crc = numbers.getInt();
        if (found != mark || length < 0 || length > MOST_BYTES || length > left - HEAD_BYTES) {
            return null;
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException("the file became shorter while it was read");
        }
        return crc == crc(length, content, 0) ? content : null;
    }

    /** Returns the content of the frame that begins at a place of the bytes, or null where none does. */
    static byte @Nullable [] at(ByteBuffer bytes, int place, int mark) {
        if (bytes.limit() - place < HEAD_BYTES || bytes.getInt(place) != mark) {
            return null;
        }
        int length = bytes.getInt(place + 4);
        if (length < 0 || length > bytes.limit() - place - HEAD_BYTES) {
            return null;
        }
        byte[] content = new byte[length];
        bytes.get(place + HEAD_BYTES, content);
        return bytes.getInt(place + 8) == crc(length, content, 0) ? content : null;
    }
}
