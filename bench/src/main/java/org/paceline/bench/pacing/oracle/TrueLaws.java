package org.paceline.bench.pacing.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.paceline.bench.pacing.scenario.Scenario;
import org.paceline.bench.pacing.scenario.Scenario.CallList;
import org.paceline.bench.pacing.scenario.Scenario.Failure;
import org.paceline.bench.pacing.scenario.Scenario.Group;
import org.paceline.bench.pacing.scenario.Scenario.Machines;
import org.paceline.bench.pacing.scenario.Scenario.People;
import org.paceline.bench.pacing.scenario.Scenario.ScenarioCampaign;
import org.paceline.dialer.forecast.ServiceLaw.Phase;

/**
 * The laws of a scenario as chances, from many draws of its durations, the same for each run. Thread: one at a time.
 */
public final class TrueLaws {
    private static final int DRAWS = 100_000;
    private static final long SEED = 20_261_126;

    /** How many draws must last longer; of fewer, nothing is told apart by age any more. */
    private static final int FEWEST = 200;

    private final List<Laws> campaigns = new ArrayList<>();

    /** The laws of calls that are answered alike; draws are sorted, seconds. */
    private static final class CallLaws {
        /**
         * Times from the dial until the dialer is told of the answer, for people who answer before the phone gives up.
         */
        private final double[] answer;
        /** The share of these people among all who would answer, 0 to 1. */
        private final double answering;
        /** The share of the answers that the dialer is told of, 0 to 1. */
        private final double told;
        /** Times from the dial to the end of a call that nobody answers. */
        private final double[] end;

        private CallLaws(People people) {
            answer = Arrays.stream(drawn(random -> answer(people, random)))
                    .filter(seconds -> seconds < Double.MAX_VALUE)
                    .toArray();
            answering = (double) answer.length / DRAWS;
            told = people.machines().toldShare();
            end = drawn(random -> unansweredEnds(people, random));
        }
    }

    /** The laws of one campaign; draws are sorted, seconds. */
    private static final class Laws {
        private final Map<Group, CallLaws> calls = new HashMap<>();
        private final double[] talk;
        private final double[] wrapUp;

        private Laws(ScenarioCampaign campaign) {
            People people = campaign.people();
            Map<People, CallLaws> different = new HashMap<>();
            for (CallList list : campaign.lists()) {
                for (Group group : list.groups()) {
                    calls.put(group, different.computeIfAbsent(people.of(group), CallLaws::new));
                }
            }
            talk = drawn(random -> talk(people, random));
            wrapUp = drawn(people.wrapUp()::seconds);
        }
    }

    public TrueLaws(Scenario scenario) {
        scenario.campaigns().forEach(campaign -> campaigns.add(new Laws(campaign)));
    }

    private static double answer(People people, RandomGenerator random) {
        double setUp = people.setUp().seconds(random);
        double ring = people.ring().seconds(random);
        double detection = people.machines().detection().seconds(random);
        return ring < people.unanswered().seconds(random) ? setUp + ring + detection : Double.MAX_VALUE;
    }

    private static double unansweredEnds(People people, RandomGenerator random) {
        double fails = random.nextDouble();
        for (Failure failure : people.failures()) {
            fails -= failure.share();
            if (fails < 0) {
                return failure.after().seconds(random);
            }
        }
        return people.setUp().seconds(random) + people.unanswered().seconds(random);
    }

    private static double talk(People people, RandomGenerator random) {
        Machines machines = people.machines();
        double undetected = machines.share() * (1 - machines.detectedShare()) / machines.toldShare();
        return (random.nextDouble() < undetected ? machines.talk() : people.talk()).seconds(random);
    }

    private static double[] drawn(ToDoubleFunction<RandomGenerator> law) {
        RandomGenerator random = new SplittableRandom(SEED);
        double[] drawn = new double[DRAWS];
        Arrays.setAll(drawn, _ -> law.applyAsDouble(random));
        Arrays.sort(drawn);
        return drawn;
    }

    /**
     * Computes the chances that the dialer is told within 1, 2, ... seconds that a call is answered, given that the
     * call is neither answered nor over.
     *
     * @param campaign its place in the scenario
     * @param group the lead's group in the campaign
     * @param chance that somebody would answer, 0 to 1
     */
    public void answers(int campaign, Group group, double chance, double ageSeconds, double[] within) {
        CallLaws laws = Objects.requireNonNull(campaigns.get(campaign).calls.get(group));
        double answers = chance * laws.answering;
        double passed = share(laws.answer, ageSeconds);
        double still = answers * (1 - passed) + (1 - answers) * (1 - share(laws.end, ageSeconds));
        for (int j = 0; j < within.length; j++) {
            double then = share(laws.answer, ageSeconds + j + 1) - passed;
            within[j] = still <= 0 ? 0 : Math.min(1, answers * laws.told * then / still);
        }
    }

    /**
     * Computes the chances that an agent who has served that campaign's customer for that long is free within 1, 2, ...
     * seconds.
     *
     * @param pace factor on how long the agent's talks last
     */
    public void frees(int campaign, Phase phase, double pace, double ageSeconds, double[] within) {
        Laws laws = campaigns.get(campaign);
        double[] now = phase == Phase.TALK ? laws.talk : laws.wrapUp;
        double scale = phase == Phase.TALK ? pace : 1;
        double age = Math.min(ageSeconds / scale, now[DRAWS - FEWEST]);
        double passed = share(now, age);
        Arrays.fill(within, 0);
        double before = passed;
        for (int s = 1; s <= within.length; s++) {
            double then = share(now, age + s / scale);
            double ends = passed >= 1 ? 1.0 / within.length : (then - before) / (1 - passed);
            before = then;
            for (int j = s; j <= within.length; j++) {
                within[j - 1] += ends * (phase == Phase.TALK ? share(laws.wrapUp, j - s + 0.5) : 1);
            }
        }
    }

    /** Returns the share of the draws that are no longer; 0 where there are no draws. */
    private static double share(double[] sorted, double seconds) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= seconds) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return (double) low / Math.max(1, sorted.length);
    }
}
