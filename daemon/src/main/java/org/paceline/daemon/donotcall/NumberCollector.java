package org.paceline.daemon.donotcall;

import java.util.Arrays;

/** Collects numbers in any order: 8 bytes each. Thread: one. */
final class NumberCollector {
    private long[] numbers = new long[16];
    private int size;

    void add(long e164) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.addExact(size, size / 2));
        }
        numbers[size++] = e164;
    }

    int size() {
        return size;
    }

    /** Sorts the numbers and drops repeated ones. */
    void settle() {
        Arrays.sort(numbers, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (kept == 0 || numbers[i] != numbers[kept - 1]) {
                numbers[kept++] = numbers[i];
            }
        }
        size = kept;
    }

    long get(int index) {
        return numbers[index];
    }
}
