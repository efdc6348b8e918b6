package org.paceline.dialer.state;

import org.paceline.dialer.agent.AgentDay;

/**
 * An agent's load of one local day of the call centre: attempts charged, calls, time in talks and in breaks. Each
 * figure is asked for a day, and is 0 on any day other than the one counted last.
 *
 * <p>Days are those since 1970-01-01. Thread: engine only.
 */
public final class DayLoad {
    private final DayCounter charged = new DayCounter();
    private long talkDay;
    private int calls;
    private long talkNanos;
    private long breakDay;
    private long breakNanos;

    DayLoad() {}

    /** Charges attempts to the agent's day; this takes effect when the agent is next ready. */
    public void charge(long day, int attempts) {
        charged.add(day, attempts);
    }

    /** Another node has charged all that the day has room for. */
    public void isFull(long day) {
        charged.fill(day);
    }

    /** Takes back an attempt that was charged to that day and not made after all. */
    public void uncharge(long day) {
        charged.takeBack(day);
    }

    void beginsTalk(long day) {
        begin(day);
        calls++;
    }

    /** Ends a talk. One that goes over midnight counts for the day on which it ends. */
    void endsTalk(long day, long nanos) {
        begin(day);
        talkNanos += nanos;
    }

    void endsBreak(long day, long nanos) {
        breakNanos = (day == breakDay ? breakNanos : 0) + nanos;
        breakDay = day;
    }

    /** Takes the day's load as the database knows it, which may be more than this run knows. */
    void learn(long day, AgentDay known) {
        charge(day, Math.max(0, known.attempts() - chargedOn(day)));
        begin(day);
        calls = Math.max(calls, known.calls());
        talkNanos = Math.max(talkNanos, known.talkMillis() * 1_000_000);
    }

    private void begin(long day) {
        if (day != talkDay) {
            talkDay = day;
            calls = 0;
            talkNanos = 0;
        }
    }

    /** Attempts charged on that day. */
    public int chargedOn(long day) {
        return charged.on(day);
    }

    /** How many calls the agent began to talk on that day. */
    public int callsOn(long day) {
        return day == talkDay ? calls : 0;
    }

    /** Time in talks that ended on that day, milliseconds. */
    public long talkMillisOn(long day) {
        return day == talkDay ? talkNanos / 1_000_000 : 0;
    }

    /** Time in breaks that ended on that day, milliseconds. */
    public long breakMillisOn(long day) {
        return day == breakDay ? breakNanos / 1_000_000 : 0;
    }
}
