package org.paceline.daemon.redo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Rows as bytes: each value is a kind and its content, in the table's order of columns. Values are whole numbers up to
 * 64 bits, texts, truth values, bytes and null; that is all that the tables have.
 */
public final class RowCodec {
    private static final int NULL = 0;
    private static final int NUMBER = 1;
    private static final int TEXT = 2;
    private static final int TRUE = 3;
    private static final int FALSE = 4;
    private static final int BYTES = 5;

    private RowCodec() {}

    /** Returns a whole row. */
    public static byte[] encode(@Nullable Object[] values) {
        ByteWriter out = new ByteWriter(128);
        for (Object value : values) {
            put(out, value);
        }
        return out.toBytes();
    }

    /** Returns the values of the row's key. */
    public static byte[] key(@Nullable Object[] values, TableShape table) {
        ByteWriter out = new ByteWriter(24);
        for (int column : table.key()) {
            put(out, values[column]);
        }
        return out.toBytes();
    }

    /** Returns the key within an encoded row. */
    public static byte[] keyOf(byte[] row, TableShape table) {
        return key(decode(row, table.columns().size()), table);
    }

    private static void put(ByteWriter out, @Nullable Object value) {
        switch (value) {
            case null -> out.put(NULL);
            case Long number -> out.put(NUMBER).putSigned(number);
            case Integer number -> out.put(NUMBER).putSigned(number);
            case String text -> out.put(TEXT).putBytes(text.getBytes(StandardCharsets.UTF_8));
            case Boolean truth -> out.put(truth ? TRUE : FALSE);
            case byte[] bytes -> out.put(BYTES).putBytes(bytes);
            default ->
                throw new IllegalArgumentException(
                        "a value of " + value.getClass().getName() + " cannot be logged");
        }
    }

    /**
     * Returns the values: {@code Long}, {@code String}, {@code Boolean}, {@code byte[]} or null.
     *
     * @throws IllegalArgumentException when the bytes are not that many values
     */
    public static @Nullable Object[] decode(byte[] bytes, int count) {
        @Nullable Object[] values = new @Nullable Object[count];
        ByteReader in = new ByteReader(ByteBuffer.wrap(bytes));
        for (int i = 0; i < count; i++) {
            values[i] = switch (in.get()) {
                case NULL -> null;
                case NUMBER -> in.getSigned();
                case TEXT -> new String(in.getBytes(), StandardCharsets.UTF_8);
                case TRUE -> true;
                case FALSE -> false;
                case BYTES -> in.getBytes();
                default -> throw new IllegalArgumentException("value " + i + " of a row is of no known kind");
            };
        }
        in.requireEnd();
        return values;
    }

    /** Returns a checksum of a row's bytes, for {@link TableSums}. */
    public static int hash(byte[] row) {
        CRC32C crc = new CRC32C();
        crc.update(row, 0, row.length);
        return (int) crc.getValue();
    }

    static List<String> texts(ByteReader in) {
        int count = in.getCount();
        String[] texts = new String[count];
        for (int i = 0; i < count; i++) {
            texts[i] = new String(in.getBytes(), StandardCharsets.UTF_8);
        }
        return List.of(texts);
    }
}
