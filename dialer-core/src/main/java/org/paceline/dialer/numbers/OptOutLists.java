package org.paceline.dialer.numbers;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CampaignId;
import org.paceline.rules.OptOut;

/**
 * Do-not-call lists of millions of numbers, merged into one ascending sequence. For each number, one array of bytes
 * holds the difference to the number before and the list it is from, both as LEB128; an index has every {@value
 * #BLOCK}th number. Ten million numbers take 20 to 35 MB.
 *
 * <p>Thread: any (immutable).
 */
public final class OptOutLists {
    private static final int BLOCK = 64;
    private static final int MOST_BYTES_OF_ENTRY = 15;

    /** Lists without numbers. */
    public static final OptOutLists NONE = new Builder(List.of(), 0).build();

    private final OptOut[] lists;
    private final long[] blockNumbers;
    private final int[] blockOffsets;
    private final byte[] bytes;
    private final long size;

    private OptOutLists(OptOut[] lists, long[] blockNumbers, int[] blockOffsets, byte[] bytes, long size) {
        this.lists = lists;
        this.blockNumbers = blockNumbers;
        this.blockOffsets = blockOffsets;
        this.bytes = bytes;
        this.size = size;
    }

    /** How many entries there are; a number counts once for each list that has it. */
    public long size() {
        return size;
    }

    /**
     * Returns the entry that forbids this campaign to call the number then; of several, the one that lasts longest;
     * null for none.
     */
    public @Nullable OptOut optOutOf(long e164, CampaignId campaign, long atEpochMillis) {
        OptOut longest = null;
        Cursor cursor = blockNumbers.length == 0 ? null : new Cursor(startOf(e164));
        while (cursor != null && cursor.number <= e164) {
            if (cursor.number == e164) {
                OptOut entry = lists[cursor.list];
                boolean covers = entry.campaign() == null || entry.campaign().equals(campaign.value());
                if (covers
                        && entry.untilEpochMillis() > atEpochMillis
                        && (longest == null || entry.untilEpochMillis() > longest.untilEpochMillis())) {
                    longest = entry;
                }
            }
            if (!cursor.next()) {
                break;
            }
        }
        return longest;
    }

    /**
     * Returns the block where the number's first entry is, if it is anywhere: the last block that begins below the
     * number.
     */
    private int startOf(long e164) {
        int low = 0;
        int high = blockNumbers.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (blockNumbers[middle] < e164) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.max(0, low - 1);
    }

    /** Walks over entries. It never escapes its method, so it costs no heap once compiled. */
    private final class Cursor {
        private int offset;
        private long number;
        private int list;

        Cursor(int block) {
            offset = blockOffsets[block];
            // The block's first difference is to the number before it, which is not known here.
            var _ = read();
            number = blockNumbers[block];
            list = lists.length == 1 ? 0 : (int) read();
        }

        boolean next() {
            if (offset == bytes.length) {
                return false;
            }
            number += read();
            list = lists.length == 1 ? 0 : (int) read();
            return true;
        }

        private long read() {
            byte next = bytes[offset++];
            long value = next & 0x7F;
            for (int shift = 7; next < 0; shift += 7) {
                next = bytes[offset++];
                value |= (long) (next & 0x7F) << shift;
            }
            return value;
        }
    }

    /** Takes entries in ascending order of their numbers. Thread: one. */
    public static final class Builder {
        private final OptOut[] lists;
        private long[] blockNumbers;
        private int[] blockOffsets;
        private byte[] bytes;
        private int blocks;
        private int length;
        private long size;
        private long last;

        /** @param expected about how many entries will be added */
        public Builder(List<OptOut> lists, long expected) {
            this.lists = lists.toArray(OptOut[]::new);
            this.bytes = new byte[(int) Math.min(1 << 30, 16 + expected * (lists.size() == 1 ? 5 : 7) / 2)];
            this.blockNumbers = new long[(int) (expected / BLOCK + 1)];
            this.blockOffsets = new int[blockNumbers.length];
        }

        /** @param list index in the lists given at the start */
        public void add(long e164, int list) {
            if (e164 < last || e164 <= 0) {
                throw new IllegalArgumentException("e164 must be more than 0 and not less than the one before");
            }
            if (bytes.length - length < MOST_BYTES_OF_ENTRY) {
                bytes = Arrays.copyOf(bytes, Math.addExact(bytes.length, bytes.length / 4 + 64));
            }
            if (size % BLOCK == 0) {
                if (blocks == blockNumbers.length) {
                    blockNumbers = Arrays.copyOf(blockNumbers, blocks + blocks / 4 + 1);
                    blockOffsets = Arrays.copyOf(blockOffsets, blockNumbers.length);
                }
                blockNumbers[blocks] = e164;
                blockOffsets[blocks++] = length;
            }
            write(e164 - last);
            if (lists.length != 1) {
                write(list);
            }
            last = e164;
            size++;
        }

        private void write(long value) {
            long rest = value;
            while (rest >= 0x80) {
                bytes[length++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            bytes[length++] = (byte) rest;
        }

        public OptOutLists build() {
            return new OptOutLists(
                    lists,
                    Arrays.copyOf(blockNumbers, blocks),
                    Arrays.copyOf(blockOffsets, blocks),
                    Arrays.copyOf(bytes, length),
                    size);
        }
    }
}
