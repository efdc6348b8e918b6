package org.paceline.bench.pacing.baseline;

import org.paceline.dialer.pacing.AbandonmentLedger;
import org.paceline.dialer.pacing.Pacer;
import org.paceline.dialer.pacing.Situation;

/**
 * VICIdial's adaptive dialling: it keeps a level of lines for each active agent, moves it every 15 seconds by how many
 * agents waited, cuts it where the day's share of dropped calls is over the limit, and places the missing calls every
 * 2.5 seconds.
 *
 * <p>Its campaign settings are the defaults except for the limit, which is the policy's: intensity 0, at most 3 lines.
 * Its own polls of waiting calls are left out: the engine assigns at once, and drops at the policy's limit instead of
 * after 5 seconds. The end of the shift is that of {@code dayMillis}.
 *
 * <p>Thread: engine only.
 */
public final class VicidialPacer implements Pacer {
    private static final int SAMPLES = 15;
    private static final double HIGHEST_LEVEL = 3;
    private static final int FEW_CALLS_A_MINUTE = 20;
    private static final double TOO_MANY_DROPPED_A_MINUTE = 0.5;
    private static final int FEW_CALLS_A_DAY = 50;
    private static final double INTENSITY = 0;

    private final Method method;
    private final double differentialTarget;
    private final Interval sampling = new Interval(1);
    private final Interval counting = new Interval(60);
    private final Interval filling = new Interval(2.5);
    private final LastMinutes minute = new LastMinutes(1);
    private long beganNanos = Long.MIN_VALUE;
    private int samples;
    private double idleLessWaiting;
    private double agents;
    private double level = 1;
    private double droppedToday;
    private int planned;
    private long placedBefore;

    /** What the pacer does where the day's share of dropped calls is over the limit. */
    public enum Method {
        /** The level goes back to one line an agent. */
        HARD_LIMIT,
        /** The level is halved. */
        AVERAGE,
        /** The level is cut more, the less is left of the shift. */
        TAPERED
    }

    /** @param differentialTarget how many customers are to wait, or, where it is below 0, how many agents */
    public VicidialPacer(Method method, double differentialTarget) {
        this.method = method;
        this.differentialTarget = differentialTarget;
    }

    @Override
    public int callsToPlace(Situation situation) {
        long now = situation.nowNanos();
        if (beganNanos == Long.MIN_VALUE) {
            beganNanos = now;
        }
        AbandonmentLedger today = situation.abandonments().tightest();
        if (counting.isDue(now)) {
            droppedToday = today.abandonedRatio();
        }
        if (sampling.isDue(now)) {
            minute.see(now, today.answered(), today.abandoned());
            sample(situation);
        }
        if (filling.isDue(now)) {
            int talking = TalkingAgents.count(situation);
            long lines = Math.round(level * (situation.agentsReady() + talking));
            planned = (int) Math.max(0, lines - talking - situation.callsUnassigned());
            placedBefore = situation.calls().placed();
        }
        return (int) Math.max(0, planned - (situation.calls().placed() - placedBefore));
    }

    /** Lines for each active agent. */
    double level() {
        return level;
    }

    private void sample(Situation situation) {
        idleLessWaiting += situation.agentsReady() - situation.callsWaiting();
        agents += situation.agentsSignedIn();
        if (++samples == SAMPLES) {
            adapt(situation);
            samples = 0;
            idleLessWaiting = 0;
            agents = 0;
        }
    }

    private void adapt(Situation situation) {
        double difference = idleLessWaiting / SAMPLES + differentialTarget;
        double share = difference / (agents / SAMPLES);
        double moved = share < 0 ? share * Math.abs(INTENSITY / 100 - 1) : share * (INTENSITY / 100 + 1);
        level = Math.clamp(Math.round(level * (1 + moved) * 1e3) / 1e3, 1, HIGHEST_LEVEL);
        if (minute.all() > FEW_CALLS_A_MINUTE && minute.ratio() > TOO_MANY_DROPPED_A_MINUTE) {
            level /= 2;
        }
        double limit = situation.abandonments().tightest().terms().limitRatio();
        if (situation.calls().placed() > FEW_CALLS_A_DAY && droppedToday > limit) {
            level = switch (method) {
                case HARD_LIMIT -> 1;
                case AVERAGE -> level / 2;
                case TAPERED -> level * Math.min(1, clockLeft(situation) / 1_000.0);
            };
        }
        level = Math.max(1, level);
    }

    /** Returns what is left of the shift as clocks write it: 730 for seven hours and a half. */
    private int clockLeft(Situation situation) {
        long millis = situation.settings().predictive().dayMillis() - (situation.nowNanos() - beganNanos) / 1_000_000;
        int minutes = (int) (Math.max(0, millis) / 60_000);
        return minutes / 60 * 100 + minutes % 60;
    }
}
