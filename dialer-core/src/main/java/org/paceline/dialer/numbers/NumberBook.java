package org.paceline.dialer.numbers;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CampaignId;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.OptOut;

/**
 * What the engine knows of numbers, over all campaigns: which may not be called, which are on a call now, and the
 * attempts to every number that a leased lead has.
 *
 * <p>Thread: engine only.
 */
public final class NumberBook {
    private final Long2ObjectHashMap<Entry> entries = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<List<OptOut>> optOuts = new Long2ObjectHashMap<>();
    private final Long2LongHashMap refusals = new Long2LongHashMap(AttemptHistory.NEVER);
    private final Long2LongHashMap notSent = new Long2LongHashMap(AttemptHistory.NEVER);
    private OptOutLists lists = OptOutLists.NONE;

    private static final class Entry {
        private AttemptHistory history;
        private int leads;
        private boolean onCall;

        private Entry(AttemptHistory history) {
            this.history = history;
        }
    }

    /** A lead with this number came; its history is merged with what is known from other leads. */
    public void hold(long e164, AttemptHistory fromDatabase) {
        Entry entry = entries.get(e164);
        if (entry == null) {
            entry = new Entry(fromDatabase);
            entries.put(e164, entry);
        } else {
            entry.history = entry.history.mergedWith(fromDatabase);
        }
        entry.leads++;
        entry.history.remove(notSent.get(e164));
        entry.history.refused(refusals.get(e164));
    }

    /**
     * The called party said no. This is remembered for the run, because a lead with the number may be on its way from
     * the database with a history that was read before.
     */
    public void refused(long e164, long atEpochMillis) {
        refusals.put(e164, atEpochMillis);
        Entry entry = entries.get(e164);
        if (entry != null) {
            entry.history.refused(atEpochMillis);
        }
    }

    /** A lead with this number left the engine. */
    public void release(long e164) {
        Entry entry = known(e164);
        entry.leads--;
        if (entry.leads == 0) {
            entries.remove(e164);
        }
    }

    /** Whether a call to the number is under way, in whatever campaign. */
    public boolean onCall(long e164) {
        return known(e164).onCall;
    }

    public void onCall(long e164, boolean underWay) {
        known(e164).onCall = underWay;
    }

    public AttemptHistory history(long e164) {
        return known(e164).history;
    }

    /**
     * The attempt that was planned then was not sent. This is remembered for the run, because a lead with the number
     * may have come, or be on its way, with a history that was read while the attempt was still in the database.
     */
    public void notSent(long e164, long plannedAtEpochMillis) {
        notSent.put(e164, plannedAtEpochMillis);
        Entry entry = entries.get(e164);
        if (entry != null) {
            entry.history.remove(plannedAtEpochMillis);
        }
    }

    /** The database knows of attempts that we did not know of. */
    public void learn(long e164, List<Long> attemptsEpochMillis) {
        Entry entry = known(e164);
        entry.history = entry.history.mergedWith(new AttemptHistory(
                attemptsEpochMillis.stream().mapToLong(Long::longValue).toArray()));
    }

    public void optOut(long e164, OptOut entry) {
        List<OptOut> known = optOuts.get(e164);
        if (known == null) {
            optOuts.put(e164, List.of(entry));
        } else if (!known.contains(entry)) {
            List<OptOut> more = new ArrayList<>(known);
            more.add(entry);
            optOuts.put(e164, List.copyOf(more));
        }
    }

    /** Replaces the single entries of the number. */
    public void replaceOptOuts(long e164, List<OptOut> entries) {
        if (entries.isEmpty()) {
            optOuts.remove(e164);
        } else {
            optOuts.put(e164, List.copyOf(entries));
        }
    }

    /** Replaces the lists of many numbers. */
    public void replaceLists(OptOutLists changed) {
        lists = changed;
    }

    /**
     * Returns the entry that forbids this campaign to call the number now; of several, the one that lasts longest; null
     * for none.
     */
    public @Nullable OptOut optOutOf(long e164, CampaignId campaign, long nowEpochMillis) {
        OptOut longest = lists.optOutOf(e164, campaign, nowEpochMillis);
        List<OptOut> known = optOuts.get(e164);
        if (known != null) {
            for (OptOut entry : known) {
                boolean covers = entry.campaign() == null || entry.campaign().equals(campaign.value());
                if (covers
                        && entry.untilEpochMillis() > nowEpochMillis
                        && (longest == null || entry.untilEpochMillis() > longest.untilEpochMillis())) {
                    longest = entry;
                }
            }
        }
        return longest;
    }

    private Entry known(long e164) {
        Entry entry = entries.get(e164);
        if (entry == null) {
            throw new IllegalStateException("a number without a leased lead was asked for");
        }
        return entry;
    }
}
