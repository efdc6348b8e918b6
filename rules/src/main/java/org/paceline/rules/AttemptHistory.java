package org.paceline.rules;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * The history of one number, over all campaigns: the times of its attempts, oldest first, and the times of its last
 * conversation, abandoned call and refusal. It need not reach further back than any cap or gap looks.
 *
 * <p>Thread: one at a time; the engine owns the histories of its leads.
 */
public final class AttemptHistory {
    /** Stands for the time of an event that never happened. */
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

    /** Adds an attempt; the order is kept even where the clock stepped back. */
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

    /** Takes out the attempt of that time, if there is one, because it was not made after all. */
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

    /** Notes that an agent talked with the called party; a later time that is known already stays. */
    public AttemptHistory conversation(long atEpochMillis) {
        lastConversation = Math.max(lastConversation, atEpochMillis);
        return this;
    }

    /** Notes that a call was abandoned; a later time that is known already stays. */
    public AttemptHistory abandoned(long atEpochMillis) {
        lastAbandoned = Math.max(lastAbandoned, atEpochMillis);
        return this;
    }

    /** Notes that the called party said no; a later time that is known already stays. */
    public AttemptHistory refused(long atEpochMillis) {
        lastRefused = Math.max(lastRefused, atEpochMillis);
        return this;
    }

    /**
     * Returns the attempts of both histories, counting a time that both have as one attempt, and the later of the other
     * times.
     */
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
