package org.paceline.bench.pacing.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.pacing.scenario.DurationLaw;
import org.paceline.bench.pacing.scenario.Odds;
import org.paceline.bench.pacing.scenario.Scenario;
import org.paceline.rules.AbandonmentTerms;

/**
 * A scenario that was fitted to past calls: its public, and its team unless another one is asked for.
 *
 * @param scenario the scenario to be run
 * @param agents agents in the hours that had most
 * @param hours hours of its day, at most eight: those with most calls
 */
public record FittedScenario(Scenario scenario, int agents, double hours) {
    public static final String NAME = "records";

    /** The most hours of a day: the lab's days end before the policies' calling hours do. */
    private static final int MOST_HOURS = 8;

    /** The share of the agents below which some of them were away in an hour. */
    private static final double WHOLE_TEAM = 0.85;

    private static final double MOST_CHANCE = 0.98;
    private static final double SECONDS = 3_600;

    public static FittedScenario of(FittedLaws laws) {
        List<FittedLaws.Hour> hours = busiest(laws.hours());
        double most = hours.stream().mapToDouble(FittedLaws.Hour::agents).max().orElse(1);
        int agents = Math.max(1, (int) Math.rint(most));
        Scenario scenario = new Scenario(
                NAME,
                1,
                new Scenario.Team(0, 0, 0, breaks(hours, most), List.of()),
                List.of(new Scenario.ScenarioCampaign("lab", 1, List.of(list(laws, hours)), people(laws))),
                Scenario.ScenarioTrunk.WIDE,
                AbandonmentTerms.DEFAULT);
        return new FittedScenario(scenario, agents, hours.size());
    }

    /** Describes the fit, for the terminal. */
    public String text(FittedLaws laws) {
        FittedLaws.Basis basis = laws.basis();
        FittedLaws.Actual real = laws.actual();
        return String.format(
                Locale.ROOT,
                "fitted: %,d calls of %d day%s from %02d:00 UTC, %d hours, %d agents, %d segment%s%s%n"
                        + "fitted: %.1f %% are answered after %.1f s of ringing, talk %.0f s, wrap-up %.1f s%s, machines %.1f %%%n"
                        + "as recorded: utilisation %.1f %%, idle %.1f s a call, abandoned %.2f %%, %.1f calls an agent hour",
                basis.calls(),
                basis.days(),
                basis.days() == 1 ? "" : "s",
                basis.firstHourUtc(),
                laws.hours().size(),
                agents,
                laws.segments().size(),
                laws.segments().size() == 1 ? "" : "s",
                basis.campaigns() > 1 ? ", " + basis.campaigns() + " campaigns as one" : "",
                100 * laws.answerChance(),
                laws.ring().mean(),
                laws.talk().mean(),
                laws.wrapUp().mean(),
                basis.wrapUps() == 0 ? " (none is recorded)" : "",
                100 * laws.machines().share(),
                100 * real.utilisation(),
                real.idleSecondsPerTalk(),
                100 * real.abandonedRatio(),
                real.talksPerAgentHour());
    }

    private static List<FittedLaws.Hour> busiest(List<FittedLaws.Hour> hours) {
        int length = Math.min(MOST_HOURS, hours.size());
        int first = 0;
        for (int from = 1; from + length <= hours.size(); from++) {
            if (calls(hours, from, length) > calls(hours, first, length)) {
                first = from;
            }
        }
        return hours.subList(first, first + length);
    }

    private static long calls(List<FittedLaws.Hour> hours, int from, int length) {
        return hours.subList(from, from + length).stream()
                .mapToLong(FittedLaws.Hour::calls)
                .sum();
    }

    private static List<Scenario.Break> breaks(List<FittedLaws.Hour> hours, double most) {
        List<Scenario.Break> breaks = new ArrayList<>();
        for (int hour = 0; hour < hours.size(); hour++) {
            double share = hours.get(hour).agents() / most;
            if (share < WHOLE_TEAM) {
                breaks.add(new Scenario.Break(hour * SECONDS, 1 - share, SECONDS, true));
            }
        }
        return breaks;
    }

    private static Scenario.CallList list(FittedLaws laws, List<FittedLaws.Hour> hours) {
        double lost = neverWaitedFor(laws);
        List<Scenario.Group> groups = new ArrayList<>();
        for (FittedLaws.Segment segment : laws.segments()) {
            List<Odds.Steps.Step> steps = new ArrayList<>();
            for (int hour = 0; hour < hours.size(); hour++) {
                double chance = laws.chance(segment, hours.get(hour)) / (1 - lost);
                steps.add(new Odds.Steps.Step(hour * SECONDS, Math.min(MOST_CHANCE, chance)));
            }
            groups.add(new Scenario.Group(segment.name(), segment.share(), new Odds.Steps(steps)));
        }
        return new Scenario.CallList(0, Double.MAX_VALUE, groups);
    }

    /**
     * Returns the share of answers that the lab would lose, because it lets no phone ring longer than calls were waited
     * for.
     */
    private static double neverWaitedFor(FittedLaws laws) {
        List<Double> waits = laws.unanswered().seconds();
        if (waits.getLast() == 0) {
            return 0; // nobody was ever waited for in vain
        }
        double lost = 0;
        for (double wait : waits) {
            lost += laws.ring().seconds().stream().filter(ring -> ring >= wait).count();
        }
        return Math.min(0.9, lost / waits.size() / laws.ring().seconds().size());
    }

    private static Scenario.People people(FittedLaws laws) {
        SampleLaw unanswered = laws.unanswered();
        return new Scenario.People(
                law(laws.setUp()),
                law(laws.ring()),
                unanswered.seconds().getLast() == 0
                        ? new DurationLaw.Fixed(Scenario.ScenarioTrunk.NO_LIMIT)
                        : law(unanswered),
                law(laws.talk()),
                law(laws.wrapUp()),
                null,
                machines(laws.machines()),
                laws.failures().stream()
                        .map(failure -> new Scenario.Failure(failure.outcome(), failure.share(), law(failure.after())))
                        .toList());
    }

    private static Scenario.Machines machines(FittedLaws.Machines machines) {
        @Nullable SampleLaw detection = machines.detection();
        return detection == null
                ? Scenario.Machines.NONE
                : new Scenario.Machines(machines.share(), 1, law(detection), Scenario.Machines.NONE.talk());
    }

    /** Returns a law of equally likely values. */
    private static DurationLaw law(SampleLaw sample) {
        return new DurationLaw.Mixture(sample.seconds().stream()
                .map(seconds -> new DurationLaw.Mixture.Part(1, new DurationLaw.Fixed(seconds)))
                .toList());
    }
}
