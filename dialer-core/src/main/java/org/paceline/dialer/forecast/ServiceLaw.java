package org.paceline.dialer.forecast;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.paceline.dialer.id.AgentId;

/**
 * How long agents talk and wrap up, and from that the chance that an agent who is busy now is free within some seconds.
 * It also learns from phases that still run (Kaplan and Meier, 1958): counting only those that are over would make long
 * talks look rare.
 *
 * <p>Times are monotonic nanoseconds. Thread: engine only.
 */
public final class ServiceLaw {
    /** For how many seconds ahead chances are told, from 1 on. */
    public static final int HORIZON_SECONDS = 26;

    private static final long SECOND = 1_000_000_000L;
    private static final long REBUILD = 60 * SECOND;
    private static final long REBUILD_EARLY = 10 * SECOND;
    private static final long EARLY = 600 * SECOND;
    private static final double LIMIT_TOLERANCE_SECONDS = 0.1;

    private final Hazard talk = new Hazard(5, 240, 180, 300);
    private final Hazard wrapUp = new Hazard(1, 120, 20, 150);
    private final Map<AgentId, Running> running = new LinkedHashMap<>();
    private final double[][] freeOfTalk;
    private final double[][] freeOfWrapUp;
    private double wrapUpLimitSeconds = Double.MAX_VALUE;
    private long firstNanos = Long.MIN_VALUE;
    private long builtNanos = Long.MIN_VALUE;

    /** What a busy agent does. */
    public enum Phase {
        TALK,
        WRAP_UP
    }

    private record Running(Phase phase, long sinceNanos) {}

    public ServiceLaw() {
        freeOfTalk = new double[talk.bins()][HORIZON_SECONDS];
        freeOfWrapUp = new double[wrapUp.bins()][HORIZON_SECONDS];
        rebuild(0);
    }

    /**
     * @param millis how long a wrap-up lasts until the agent is free without saying so, or {@link Long#MAX_VALUE}; 0
     * for no wrap-up
     */
    public void wrapUpLimit(long millis) {
        double seconds = millis == Long.MAX_VALUE ? Double.MAX_VALUE : millis / 1e3;
        if (seconds != wrapUpLimitSeconds) {
            wrapUpLimitSeconds = seconds;
            builtNanos = Long.MIN_VALUE;
        }
    }

    public void begins(AgentId agent, Phase phase, long nowNanos) {
        if (firstNanos == Long.MIN_VALUE) {
            firstNanos = nowNanos;
        }
        running.put(agent, new Running(phase, nowNanos));
    }

    /**
     * The phase that the agent is in ends. A wrap-up that lasted to its limit says only that it would not have been
     * shorter.
     */
    public void ends(AgentId agent, long nowNanos) {
        Running phase = running.remove(agent);
        if (phase != null) {
            double seconds = (nowNanos - phase.sinceNanos) / 1e9;
            boolean byItself = phase.phase == Phase.TALK || seconds < wrapUpLimitSeconds - LIMIT_TOLERANCE_SECONDS;
            hazard(phase.phase).lasted(seconds, byItself);
        }
    }

    private Hazard hazard(Phase phase) {
        return switch (phase) {
            case TALK -> talk;
            case WRAP_UP -> wrapUp;
        };
    }

    /** The mean time of a customer with an agent, wrap-up included, seconds. */
    public double meanServiceSeconds() {
        return talk.meanSeconds() + Math.min(wrapUp.meanSeconds(), wrapUpLimitSeconds);
    }

    /**
     * Returns the chances to be free within 1, 2, ... {@link #HORIZON_SECONDS} seconds; callers must not change the
     * array.
     */
    public double[] within(Phase phase, long sinceNanos, long nowNanos) {
        if (isStale(nowNanos)) {
            rebuild(nowNanos);
            builtNanos = nowNanos;
        }
        double age = (nowNanos - sinceNanos) / 1e9;
        return switch (phase) {
            case TALK -> freeOfTalk[talk.bin(age)];
            case WRAP_UP -> freeOfWrapUp[wrapUp.bin(age)];
        };
    }

    private boolean isStale(long nowNanos) {
        long after = nowNanos - firstNanos < EARLY ? REBUILD_EARLY : REBUILD;
        return builtNanos == Long.MIN_VALUE || nowNanos - builtNanos >= after;
    }

    private void rebuild(long nowNanos) {
        Hazard talking = talk.copy();
        Hazard wrapping = wrapUp.copy();
        for (Running phase : running.values()) {
            Hazard of = phase.phase == Phase.TALK ? talking : wrapping;
            of.lasted((nowNanos - phase.sinceNanos) / 1e9, false);
        }
        talking.smooth();
        wrapping.smooth();
        double[] fresh = new double[HORIZON_SECONDS + 1];
        for (int age = 0; age < freeOfWrapUp.length; age++) {
            for (int j = 1; j <= HORIZON_SECONDS; j++) {
                double chance = age + j >= wrapUpLimitSeconds ? 1 : 1 - wrapping.survives(age, j);
                freeOfWrapUp[age][j - 1] = chance;
                fresh[j] = age == 0 ? chance : fresh[j];
            }
        }
        fresh[0] = wrapUpLimitSeconds <= 0 ? 1 : 0;
        for (int bin = 0; bin < freeOfTalk.length; bin++) {
            double[] free = freeOfTalk[bin];
            Arrays.fill(free, 0);
            double age = (bin + 0.5) * talk.binSeconds();
            double still = 1;
            for (int s = 1; s <= HORIZON_SECONDS; s++) {
                double then = talking.survives(age, s);
                double ends = still - then;
                still = then;
                for (int j = s; j <= HORIZON_SECONDS; j++) {
                    free[j - 1] += ends * fresh[j - s];
                }
            }
        }
    }
}
