package org.paceline.rules;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * When one number was attempted, over all campaigns, oldest first. Only attempts that some cap can still see need be in it.
 *
 * <p>Thread: one at a time; the engine owns those of its leads.
 */
public final class AttemptHistory {
    private long[] epochMillis;
    private int size;

    /** @param epochMillis times of attempts in any order, epoch milliseconds */
    public AttemptHistory(long... epochMillis) {
        this.epochMillis = epochMillis.clone();
        Arrays.sort(this.epochMillis);
        this.size = epochMillis.length;
    }

    public int size() {
        return size;
    }

    /** The time of attempt {@code index} in epoch milliseconds, 0 being the oldest. */
    public long at(int index) {
        return epochMillis[Objects.checkIndex(index, size)];
    }

    /** How many attempts were made at or after that time. */
    public int countSince(long sinceEpochMillis) {
        int from = size;
        while (from > 0 && epochMillis[from - 1] >= sinceEpochMillis) {
            from--;
        }
        return size - from;
    }

    /** Adds an attempt; a clock that stepped back is kept in order. */
    public void add(long atEpochMillis) {
        if (size == epochMillis.length) {
            epochMillis = Arrays.copyOf(epochMillis, Math.max(4, size * 2));
        }
        int slot = size;
        while (slot > 0 && epochMillis[slot - 1] > atEpochMillis) {
            epochMillis[slot] = epochMillis[slot - 1];
            slot--;
        }
        epochMillis[slot] = atEpochMillis;
        size++;
    }

    /** The attempts of both; a time that both know is one attempt. */
    public AttemptHistory mergedWith(AttemptHistory other) {
        return new AttemptHistory(
                LongStream.concat(Arrays.stream(epochMillis, 0, size), Arrays.stream(other.epochMillis, 0, other.size))
                        .distinct()
                        .toArray());
    }
}
