package org.paceline.daemon.csv;

/** A set of telephone numbers as primitive longs: 16 MiB for a million. Thread: one at a time. */
public final class NumberSet {
    private long[] slots = new long[1 << 10];
    private int size;

    /**
     * @param e164 more than 0
     * @return whether it was not there yet
     */
    public boolean add(long e164) {
        if (e164 <= 0) {
            throw new IllegalArgumentException("e164=" + e164 + ": must be more than 0");
        }
        if (!insert(slots, e164)) {
            return false;
        }
        size++;
        if (size * 2L > slots.length) {
            grow();
        }
        return true;
    }

    public int size() {
        return size;
    }

    private void grow() {
        long[] larger = new long[Math.multiplyExact(slots.length, 2)];
        for (long value : slots) {
            if (value != 0) {
                insert(larger, value);
            }
        }
        slots = larger;
    }

    private static boolean insert(long[] slots, long value) {
        int mask = slots.length - 1;
        long mixed = value * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (slots[slot] != 0) {
            if (slots[slot] == value) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        slots[slot] = value;
        return true;
    }
}
