package org.paceline.dialer.trunk;

import java.util.List;

/**
 * What the attempts over a trunk came to, on this node since its start: those that were sent and are over.
 *
 * <p>Thread: any (immutable).
 *
 * @param attempts all of them: the seizures of ITU-T E.425
 * @param answered of these answered, abandoned ones too
 * @param effective of these answered, or ended by the called party's side: busy, no answer, refused, not reachable (ITU-T
 *     E.425); numbers that do not exist are not among them
 * @param answeredMillis from answer to end, of all answered ones together
 * @param recent how many of the last {@value #SPAN} there are
 * @param recentAnswered of these answered
 * @param recentEffective of these effective
 */
public record TrunkFigures(
        long attempts,
        long answered,
        long effective,
        long answeredMillis,
        int recent,
        int recentAnswered,
        int recentEffective,
        Delay postDialDelay) {

    /** How many attempts count as recent. */
    public static final int SPAN = RecentAnswers.SPAN;

    public static final TrunkFigures NONE = new TrunkFigures(0, 0, 0, 0, 0, 0, 0, Delay.NONE);

    /**
     * The time from an INVITE to the first response that says more than 100, or to the answer (RFC 6076 §4.3.1); of
     * refused attempts nothing is counted. Milliseconds; 0 while {@code count} is 0.
     *
     * @param upTo for each of {@link #BOUNDS_MILLIS}, how many took at most so long; a count includes those before it
     */
    public record Delay(long count, long p50Millis, long p95Millis, long sumMillis, List<Long> upTo) {
        /** The bounds of the histogram; those of ITU-T E.721 for a mean and a 95th percentile are among them: 3, 5, 6, 8, 11 s. */
        public static final List<Long> BOUNDS_MILLIS =
                List.of(250L, 500L, 1_000L, 2_000L, 3_000L, 5_000L, 6_000L, 8_000L, 11_000L, 20_000L);

        public static final Delay NONE =
                new Delay(0, 0, 0, 0, BOUNDS_MILLIS.stream().map(_ -> 0L).toList());

        public Delay {
            upTo = List.copyOf(upTo);
        }
    }

    /** Returns the answer-seizure ratio (ITU-T E.425), 0–1; 0 while there are no attempts. */
    public double asr() {
        return ratio(answered, attempts);
    }

    /** Returns the network effectiveness ratio (ITU-T E.425), 0–1. */
    public double ner() {
        return ratio(effective, attempts);
    }

    /** Returns the answer-seizure ratio of the recent attempts, 0–1. */
    public double recentAsr() {
        return ratio(recentAnswered, recent);
    }

    /** Returns the network effectiveness ratio of the recent attempts, 0–1. */
    public double recentNer() {
        return ratio(recentEffective, recent);
    }

    /** Returns the average call duration, from answer to end, seconds. */
    public double acdSeconds() {
        return answered == 0 ? 0 : answeredMillis / 1_000.0 / answered;
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
