package org.paceline.rules;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * What one number was put through, over all campaigns: when it was attempted, oldest first, and when it last was talked
 * with, abandoned, refused by. Only what some cap or gap can still see need be in it.
 *
 * <p>Thread: one at a time; the engine owns those of its leads.
 */
public final class AttemptHistory {
    /** The time of what never happened. */
    public static final long NEVER = Long.MIN_VALUE;

    private long[] epochMillis;
    private int size;
    private long lastConversation = NEVER;
    private long lastAbandoned = NEVER;
    private long lastRefused = NEVER;

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

    /** Takes out the attempt of that time, where there is one: it was not made after all. */
    public void remove(long atEpochMillis) {
        int slot = Arrays.binarySearch(epochMillis, 0, size, atEpochMillis);
        if (slot >= 0) {
            System.arraycopy(epochMillis, slot + 1, epochMillis, slot, size - slot - 1);
            size--;
        }
    }

    /** When an agent last talked with the called party, epoch milliseconds; {@link #NEVER} for never. */
    public long lastConversationEpochMillis() {
        return lastConversation;
    }

    /** When a call to the number was last abandoned, epoch milliseconds; {@link #NEVER} for never. */
    public long lastAbandonedEpochMillis() {
        return lastAbandoned;
    }

    /** When the called party last said no, epoch milliseconds; {@link #NEVER} for never. */
    public long lastRefusedEpochMillis() {
        return lastRefused;
    }

    /** An agent talked with the called party; what is known to be later stays. */
    public AttemptHistory conversation(long atEpochMillis) {
        lastConversation = Math.max(lastConversation, atEpochMillis);
        return this;
    }

    /** A call was abandoned; what is known to be later stays. */
    public AttemptHistory abandoned(long atEpochMillis) {
        lastAbandoned = Math.max(lastAbandoned, atEpochMillis);
        return this;
    }

    /** The called party said no; what is known to be later stays. */
    public AttemptHistory refused(long atEpochMillis) {
        lastRefused = Math.max(lastRefused, atEpochMillis);
        return this;
    }

    /** The attempts of both, a time that both know being one attempt, and the later of the other times. */
    public AttemptHistory mergedWith(AttemptHistory other) {
        return new AttemptHistory(LongStream.concat(
                                Arrays.stream(epochMillis, 0, size), Arrays.stream(other.epochMillis, 0, other.size))
                        .distinct()
                        .toArray())
                .conversation(Math.max(lastConversation, other.lastConversation))
                .abandoned(Math.max(lastAbandoned, other.lastAbandoned))
                .refused(Math.max(lastRefused, other.lastRefused));
    }
}
