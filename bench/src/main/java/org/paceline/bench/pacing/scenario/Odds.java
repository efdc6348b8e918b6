package org.paceline.bench.pacing.scenario;

import java.util.List;

/** The chance that a call is answered, 0 to 1, over the seconds of a day. Thread: any (immutable). */
public sealed interface Odds {
    double at(double second);

    record Constant(double chance) implements Odds {
        @Override
        public double at(double second) {
            return chance;
        }
    }

    /** The chances take turns of equal length, over and over. */
    record Switching(List<Double> chances, double turnSeconds) implements Odds {
        public Switching {
            chances = List.copyOf(chances);
        }

        @Override
        public double at(double second) {
            return chances.get((int) ((long) (second / turnSeconds) % chances.size()));
        }
    }

    /** The chance goes from one value to the other by the same amount each second, and then stays there. */
    record Ramp(double from, double to, double overSeconds) implements Odds {
        @Override
        public double at(double second) {
            return from + (to - from) * Math.clamp(second / overSeconds, 0, 1);
        }
    }

    /** The chances come one after the other, the first from the start. */
    record Steps(List<Step> steps) implements Odds {
        public record Step(double atSecond, double chance) {}

        public Steps {
            steps = List.copyOf(steps);
        }

        @Override
        public double at(double second) {
            double chance = steps.getFirst().chance;
            for (Step step : steps) {
                if (step.atSecond <= second) {
                    chance = step.chance;
                }
            }
            return chance;
        }
    }
}
