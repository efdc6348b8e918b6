package org.paceline.bench.engine;

/**
 * How many times faster than in life people answer, talk and wrap up.
 *
 * @param times at least 1
 */
record Haste(double times) {
    /** How many events an agent's round of about 150 s in life has, failed attempts included; as measured. */
    private static final double EVENTS_PER_ROUND = 10;

    private static final double ROUND_SECONDS = 150;

    /** How many times the events asked for are planned, so that there is always an event due. */
    private static final double RESERVE = 1.5;

    /** Returns the haste with which so many agents make so many events. */
    static Haste of(int agents, double eventsPerSecond) {
        return new Haste(Math.max(1, RESERVE * eventsPerSecond * ROUND_SECONDS / (agents * EVENTS_PER_ROUND)));
    }

    /** Returns a duration in life as hasty nanoseconds. */
    long nanos(double seconds) {
        return (long) (seconds * 1e9 / times);
    }
}
