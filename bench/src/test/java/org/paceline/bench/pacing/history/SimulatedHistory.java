package org.paceline.bench.pacing.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.Outcome;

/**
 * Past calls of a public of known laws. It answers by hour and segment; 8 % of the unanswered calls are busy after 2 s, 4 % of the
 * numbers do not exist, which shows after 1.5 s; 10 % of the answered calls are machines, known after 3 s. Agents are there the whole
 * day but for the second hour, when half of them are away.
 */
final class SimulatedHistory {
    static final double[] HOUR_FACTORS = {0.6, 1, 1.4, 1};
    static final double[] SEGMENT_CHANCES = {0.1, 0.3, 0.5};
    static final int AGENTS = 20;
    private static final long DAY_MILLIS = 86_400_000;
    private static final long START = Instant.parse("2026-11-16T22:00:00Z").toEpochMilli(); // crosses midnight, UTC

    private final Random random;
    private final double givenUpShare;

    /** @param givenUpShare of the calls that are given up after 12 s of ringing, unless they ended before */
    SimulatedHistory(long seed, double givenUpShare) {
        this.random = new Random(seed);
        this.givenUpShare = givenUpShare;
    }

    List<PastCall> days(int days, int callsAnHour) {
        List<PastCall> calls = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            for (int hour = 0; hour < HOUR_FACTORS.length; hour++) {
                for (int i = 0; i < callsAnHour; i++) {
                    long at = START + day * DAY_MILLIS + hour * 3_600_000L + (long) (i * 3_600_000.0 / callsAnHour);
                    calls.add(call(at, hour));
                }
            }
        }
        return calls;
    }

    private PastCall call(long dialled, int hour) {
        int segment = random.nextInt(SEGMENT_CHANCES.length);
        long ringing = dialled + 500 + random.nextInt(1_000);
        long answered = ringing + millis(logNormal(10, 4));
        boolean isGivenUp = random.nextDouble() < givenUpShare;
        if (random.nextDouble() < SEGMENT_CHANCES[segment] * HOUR_FACTORS[hour]) {
            if (isGivenUp && answered > ringing + 12_000) {
                return call(segment, dialled, ringing, 0, 0, ringing + 12_000, Outcome.CANCELLED, null);
            }
            if (random.nextDouble() < 0.1) {
                return call(segment, dialled, ringing, answered, 0, answered + 3_000, Outcome.MACHINE, null);
            }
            long talk = millis(logNormal(120, 120));
            int present = hour == 1 ? AGENTS / 2 : AGENTS;
            return call(
                    segment,
                    dialled,
                    ringing,
                    answered,
                    answered + 50,
                    answered + 50 + talk,
                    Outcome.CONNECTED,
                    "agent" + random.nextInt(present));
        }
        double how = random.nextDouble();
        if (how < 0.08) {
            return call(segment, dialled, 0, 0, 0, dialled + 2_000, Outcome.BUSY, null);
        }
        if (how < 0.12) {
            return call(segment, dialled, 0, 0, 0, dialled + 1_500, Outcome.INVALID_NUMBER, null);
        }
        return isGivenUp
                ? call(segment, dialled, ringing, 0, 0, ringing + 12_000, Outcome.CANCELLED, null)
                : call(segment, dialled, ringing, 0, 0, ringing + 25_000, Outcome.NO_ANSWER, null);
    }

    private PastCall call(
            int segment,
            long dialled,
            long ringing,
            long answered,
            long connected,
            long ended,
            Outcome outcome,
            @Nullable String agent) {
        double wrapUp = agent == null ? Double.NaN : -15 * Math.log(1 - random.nextDouble());
        return new PastCall(
                "spring", "g" + segment, dialled, ringing, answered, connected, ended, outcome, agent, wrapUp);
    }

    private static long millis(double seconds) {
        return (long) (1e3 * seconds);
    }

    private double logNormal(double mean, double deviation) {
        double variance = Math.log(1 + deviation * deviation / (mean * mean));
        return mean * Math.exp(-variance / 2 + Math.sqrt(variance) * random.nextGaussian());
    }
}
