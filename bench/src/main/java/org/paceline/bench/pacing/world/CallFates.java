package org.paceline.bench.pacing.world;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.pacing.scenario.Scenario;
import org.paceline.bench.pacing.scenario.Scenario.Failure;
import org.paceline.bench.pacing.scenario.Scenario.People;
import org.paceline.dialer.call.Outcome;

/** Draws what becomes of calls by the scenario's odds and laws. Thread: any (immutable). */
record CallFates(Scenario scenario, Draws draws) {
    static final long NEVER = Long.MAX_VALUE;

    private static final long MILLI = 1_000_000L;
    private static final long RINGS_NANOS = LabJournal.LATENCY_NANOS + LabNetwork.CARRIER_NANOS;

    /**
     * The fate of a call; times are nanoseconds from its placement.
     *
     * @param fails how it ends where the dialer is not told of an answer, or null where it is told
     * @param endsAfter when it fails, or the answer is told
     * @param ringsAfter when the phone rings, or {@link #NEVER}
     * @param takenForPerson whether a machine answers and is not detected
     * @param patience seconds, or null for longer than allowed
     */
    record Fate(
            @Nullable Outcome fails,
            long endsAfter,
            long ringsAfter,
            boolean takenForPerson,
            @Nullable Double patience) {}

    /**
     * Draws the same in the same order whatever the odds are, so that a lead is the same one whenever it is dialled.
     *
     * @param second the second of the day, on which the odds of an answer depend
     */
    Fate of(LabLists.Entry entry, double second) {
        People people = scenario.campaigns().get(entry.campaign()).people().of(entry.group());
        RandomGenerator random = draws.of(Draws.Purpose.FATE, entry.campaign(), entry.number());
        double answers = random.nextDouble();
        double machine = random.nextDouble();
        double detected = random.nextDouble();
        double fails = random.nextDouble();
        long setUp = nanos(people.setUp().seconds(random));
        long ring = nanos(people.ring().seconds(random));
        long unanswered = nanos(people.unanswered().seconds(random));
        long detection = nanos(people.machines().detection().seconds(random));
        Double patience = people.patience() == null ? null : people.patience().seconds(random);

        long answersAfter = setUp + Math.max(ring, RINGS_NANOS + MILLI);
        if (answers < entry.group().odds().at(second) && ring < unanswered) {
            boolean isMachine = machine < people.machines().share();
            boolean isDetected = isMachine && detected < people.machines().detectedShare();
            return new Fate(
                    isDetected ? Outcome.MACHINE : null,
                    answersAfter + detection,
                    RINGS_NANOS + setUp,
                    isMachine && !isDetected,
                    patience);
        }
        for (Failure failure : people.failures()) {
            fails -= failure.share();
            if (fails < 0) {
                long after = Math.max(RINGS_NANOS, nanos(failure.after().seconds(random)));
                return new Fate(failure.outcome(), after, NEVER, false, patience);
            }
        }
        long after = setUp + Math.max(unanswered, RINGS_NANOS + MILLI);
        return new Fate(Outcome.NO_ANSWER, after, RINGS_NANOS + setUp, false, patience);
    }

    static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }
}
