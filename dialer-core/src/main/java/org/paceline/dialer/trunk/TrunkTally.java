package org.paceline.dialer.trunk;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Counts what the attempts over a trunk come to. Thread: engine only. */
public final class TrunkTally {
    private static final List<Long> BOUNDS = TrunkFigures.Delay.BOUNDS_MILLIS;
    private static final long LONGEST_DELAY_MILLIS = 300_000;

    private final Histogram delays = new Histogram(LONGEST_DELAY_MILLIS, 2);
    private final long[] within = new long[BOUNDS.size()];
    private long delayMillis;
    private long attempts;
    private long answered;
    private long effective;
    private long answeredMillis;
    private RecentAnswers recentAnswered = RecentAnswers.NONE;
    private RecentAnswers recentEffective = RecentAnswers.NONE;

    TrunkTally() {}

    /** A call got further than the trunk, so long after its INVITE. */
    public void progressed(long millis) {
        long kept = Math.clamp(millis, 0, LONGEST_DELAY_MILLIS);
        delays.recordValue(kept);
        delayMillis += kept;
        for (int i = 0; i < within.length; i++) {
            within[i] += kept <= BOUNDS.get(i) ? 1 : 0;
        }
    }

    /**
     * An attempt that was sent is over.
     *
     * @param isEffective whether it was answered, or the called party's side ended it
     * @param millis from answer to end; 0 where it was not answered
     */
    public void ended(boolean isAnswered, boolean isEffective, long millis) {
        attempts++;
        answered += isAnswered ? 1 : 0;
        effective += isEffective ? 1 : 0;
        answeredMillis += millis;
        recentAnswered = recentAnswered.and(isAnswered);
        recentEffective = recentEffective.and(isEffective);
    }

    public TrunkFigures figures() {
        List<Long> upTo = new ArrayList<>(within.length);
        for (long count : within) {
            upTo.add(count);
        }
        return new TrunkFigures(
                attempts,
                answered,
                effective,
                answeredMillis,
                (int) Math.min(attempts, TrunkFigures.SPAN),
                recentAnswered.answered(),
                recentEffective.answered(),
                new TrunkFigures.Delay(
                        delays.getTotalCount(),
                        delays.getValueAtPercentile(50),
                        delays.getValueAtPercentile(95),
                        delayMillis,
                        upTo));
    }
}
