package org.paceline.dialer.trunk;

/**
 * How calls with one caller ID have fared on this node since its start.
 *
 * <p>Thread: any (immutable).
 *
 * @param callerId E.164 digits without {@code +}
 * @param attempts attempts that were sent and are over
 * @param answered how many of these a person answered
 * @param recentAnswered how many of the last {@link RecentAnswers#SPAN} attempts a person answered
 * @param answersFell whether the last attempts were answered far more seldom than those before
 * @param blocked how many of these were blocked by a network that judged the caller ID (608 of RFC 8688, or 603
 * "Network Blocked")
 * @param lastBlockedAtEpochMillis when the last one was blocked, epoch milliseconds; 0 for never
 */
public record CallerIdHealth(
        long callerId,
        long attempts,
        long answered,
        int recentAnswered,
        boolean answersFell,
        long blocked,
        long lastBlockedAtEpochMillis) {

    /** Answers of fewer attempts than these do not tell what is usual. */
    private static final long LEAST_BEFORE = 256;

    /**
     * By how many standard deviations answers are below what is usual when they fell: by chance this is met once in some
     * ten thousand attempts or less.
     */
    private static final double FALL = 4;

    /** By how many they still are when they have recovered. */
    private static final double RECOVERY = 2;

    static CallerIdHealth unused(long callerId) {
        return new CallerIdHealth(callerId, 0, 0, 0, false, 0, 0);
    }

    /** @param recently how many of the last attempts, this one included, a person answered */
    CallerIdHealth ended(boolean isAnswered, int recently) {
        long all = attempts + 1;
        long allAnswered = answered + (isAnswered ? 1 : 0);
        return new CallerIdHealth(
                callerId,
                all,
                allAnswered,
                recently,
                isBelow(all - RecentAnswers.SPAN, allAnswered - recently, recently, answersFell ? RECOVERY : FALL),
                blocked,
                lastBlockedAtEpochMillis);
    }

    private static boolean isBelow(long before, long answeredBefore, int recently, double deviations) {
        if (before < LEAST_BEFORE) {
            return false;
        }
        double usual = (double) answeredBefore / before;
        double spread = 1 + (double) RecentAnswers.SPAN / before; // what is usual is an estimate too
        double deviation = Math.sqrt(RecentAnswers.SPAN * usual * (1 - usual) * spread);
        return recently < RecentAnswers.SPAN * usual - deviations * deviation;
    }

    CallerIdHealth blockedAt(long epochMillis) {
        return new CallerIdHealth(callerId, attempts, answered, recentAnswered, answersFell, blocked + 1, epochMillis);
    }

    /** Share of the attempts that were blocked, 0–1. */
    public double blockedRatio() {
        return attempts == 0 ? 0 : (double) blocked / attempts;
    }

    /** Share of the attempts that a person answered, 0–1. */
    public double answeredRatio() {
        return attempts == 0 ? 0 : (double) answered / attempts;
    }

    /** Share of the last attempts, at most {@link RecentAnswers#SPAN}, that a person answered, 0–1. */
    public double recentAnsweredRatio() {
        return attempts == 0 ? 0 : (double) recentAnswered / Math.min(RecentAnswers.SPAN, attempts);
    }
}
