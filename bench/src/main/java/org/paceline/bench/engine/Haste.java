package org.paceline.bench.engine;

/**
 * How many times faster than in life people answer, talk and wrap up.
 *
 * @param times at least 1
 */
record Haste(double times) {
    /** As measured: an agent's round of about 150 s in life has so many events, failed attempts included. */
    private static final double EVENTS_PER_ROUND = 10;

    private static final double ROUND_SECONDS = 150;

    /** So much more than asked for, so that there is always an event due. */
    private static final double RESERVE = 1.5;

    /** With which so many agents make so many events. */
    static Haste of(int agents, double eventsPerSecond) {
        return new Haste(Math.max(1, RESERVE * eventsPerSecond * ROUND_SECONDS / (agents * EVENTS_PER_ROUND)));
    }

    /** What takes so long in life, in hasty nanoseconds. */
    long nanos(double seconds) {
        return (long) (seconds * 1e9 / times);
    }
}
