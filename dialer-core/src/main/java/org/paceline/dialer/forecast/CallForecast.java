package org.paceline.dialer.forecast;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.lead.LeadGroup;

/**
 * Forecasts the answers to a campaign's calls that nobody has answered yet, and to the next one. It learns, whatever
 * the dial mode, from what became of all calls before.
 *
 * <p>It never learns from the share of ended calls that were answered: a call that is answered stops ringing sooner
 * than one that is not, so that share is too high while dialling grows and too low while it shrinks. Instead it counts
 * how many calls were answered among those that were old enough to have been. Only calls that nobody answered are ever
 * given up, so each of these stands for some calls that were answered before, and is taken out of the count together
 * with them.
 *
 * <p>Times are monotonic nanoseconds. Thread: engine only.
 */
public final class CallForecast {
    private static final long SECOND = 1_000_000_000L;

    /** The age, in seconds, by which a call has been answered if it ever will be. */
    private static final int SETTLED_SECONDS = 26;

    private static final int COLD_ANSWERS = 30;
    private static final double COLD_RATE = 0.4;
    private static final double COLD_WEIGHT = 3;
    private static final double HIGHEST_CHANCE = 0.97;

    private final RingLaws rings = new RingLaws();
    private final GroupOdds groups = new GroupOdds();
    private final Map<CallId, Dial> pending = new HashMap<>();
    private final List<Dial> inFlight = new ArrayList<>();
    private final ArrayDeque<Dial> unsettled = new ArrayDeque<>();
    private final Cohorts recent = new Cohorts();

    private @Nullable AnswerRates filter;
    private double settledDials;
    private double settledAnswers;
    private double rate;
    private double rateVariance;
    private long answers;
    private long placed;
    private long advancedNanos;
    private boolean started;
    private int answersThisSecond;

    /** A call from its placement until nothing more can be learnt from it. */
    public static final class Dial {
        private final CallId call;
        private final long placedNanos;
        private final List<GroupOdds.Trait> traits;
        private final double odds;
        private final boolean hasAgent;
        private final RingLaw ring;
        private final Cohorts.Cohort cohort;
        private int slot;
        private long ringingNanos = Long.MIN_VALUE;
        private boolean answered;
        private double givenUpSeconds = Double.MAX_VALUE;
        private double standsFor;

        private Dial(
                CallId call,
                long placedNanos,
                List<GroupOdds.Trait> traits,
                RingLaw ring,
                boolean hasAgent,
                Cohorts.Cohort cohort) {
            this.call = call;
            this.placedNanos = placedNanos;
            this.traits = traits;
            this.hasAgent = hasAgent;
            this.odds = GroupOdds.factor(traits);
            this.ring = ring;
            this.cohort = cohort;
        }

        long placedNanos() {
            return placedNanos;
        }

        double odds() {
            return odds;
        }

        /** The age at which the call was given up, seconds. */
        double givenUpSeconds() {
            return givenUpSeconds;
        }

        /** How many calls a call that was given up stands for, including those that were answered before. */
        double standsFor() {
            return standsFor;
        }

        public CallId call() {
            return call;
        }

        /** Whether an agent is kept free for the call. */
        public boolean hasAgent() {
            return hasAgent;
        }

        /** How long the call has rung, nanoseconds, or -1 where it has not. */
        public long rungNanos(long nowNanos) {
            return ringingNanos == Long.MIN_VALUE ? -1 : nowNanos - ringingNanos;
        }
    }

    public CallForecast() {
        cold();
    }

    // ---- what happens

    /** @param hasAgent whether an agent is kept free for this very call */
    public void placed(CallId call, LeadGroup group, boolean hasAgent, long nowNanos) {
        advance(nowNanos);
        List<GroupOdds.Trait> traits = groups.traits(group);
        GroupOdds.dialled(traits);
        RingLaw ring = rings.ofPlaced(group);
        Dial dial = new Dial(call, nowNanos, traits, ring, hasAgent, recent.at(ring, nowNanos));
        dial.cohort.add(dial);
        dial.slot = inFlight.size();
        inFlight.add(dial);
        pending.put(call, dial);
        unsettled.addLast(dial);
        placed++;
    }

    public void ringing(CallId call, long nowNanos) {
        Dial dial = pending.get(call);
        if (dial != null) {
            dial.ringingNanos = nowNanos;
        }
    }

    public void answered(CallId call, long nowNanos) {
        advance(nowNanos);
        Dial dial = take(call);
        if (dial != null) {
            dial.answered = true;
            rings.answeredAfter(dial.ring, seconds(nowNanos - dial.placedNanos));
            answers++;
            answersThisSecond++;
        }
    }

    /** A call that was planned was never sent; nothing is learnt from it. */
    public void notSent(CallId call) {
        Dial dial = take(call);
        if (dial != null) {
            dial.cohort.remove(dial);
            unsettled.remove(dial);
            GroupOdds.notDialled(dial.traits);
        }
    }

    /** The network ended the call, or nobody answered within the ring limit. */
    public void failed(CallId call, long nowNanos) {
        advance(nowNanos);
        take(call);
    }

    /** A call was given up before its time; whether it would have been answered is not known. */
    public void givenUp(CallId call, long nowNanos) {
        advance(nowNanos);
        Dial dial = take(call);
        if (dial != null) {
            dial.givenUpSeconds = seconds(nowNanos - dial.placedNanos);
            dial.standsFor = 1 / (1 - chance(dial) * dial.ring.within(dial.givenUpSeconds));
            dial.cohort.givenUp(dial);
        }
    }

    private @Nullable Dial take(CallId call) {
        Dial dial = pending.remove(call);
        if (dial != null) {
            Dial last = inFlight.removeLast();
            if (last != dial) {
                inFlight.set(dial.slot, last);
                last.slot = dial.slot;
            }
        }
        return dial;
    }

    /** Takes the seconds that have passed into account; of a long time, only those in which there were calls. */
    public void advance(long nowNanos) {
        if (!started) {
            started = true;
            advancedNanos = nowNanos;
        }
        while (nowNanos - advancedNanos >= SECOND && !recent.isEmpty()) {
            advancedNanos += SECOND;
            second();
        }
        // Nothing is learnt from seconds without a call, such as those of a night.
        advancedNanos += (nowNanos - advancedNanos) / SECOND * SECOND;
    }

    private void second() {
        double exposure = recent.second(advancedNanos, rings);
        while (!unsettled.isEmpty() && advancedNanos - unsettled.getFirst().placedNanos >= SETTLED_SECONDS * SECOND) {
            settle(unsettled.removeFirst());
        }
        rings.learn();
        learnRate(Math.max(0, exposure));
        answersThisSecond = 0;
    }

    private double chance(Dial dial) {
        return Math.min(HIGHEST_CHANCE, rate * dial.odds);
    }

    /** Settles a call that is old enough: its result counts for its group, and for the rate while little is known. */
    private void settle(Dial dial) {
        double all = dial.ring.within(SETTLED_SECONDS);
        double lost = dial.standsFor * (all - dial.ring.within(Math.min(dial.givenUpSeconds, SETTLED_SECONDS)));
        GroupOdds.learn(dial.traits, rate * (all - lost), dial.answered);
        if (dial.givenUpSeconds >= SETTLED_SECONDS) {
            settledDials += dial.odds;
            settledAnswers += dial.answered ? 1 : 0;
        }
    }

    private void learnRate(double exposure) {
        if (filter != null) {
            filter.second(exposure, answersThisSecond);
            rate = filter.mean();
            rateVariance = filter.variance();
        } else if (settledAnswers >= COLD_ANSWERS) {
            filter = new AnswerRates(settledAnswers + COLD_RATE * COLD_WEIGHT, settledDials + COLD_WEIGHT);
            rate = filter.mean();
            rateVariance = filter.variance();
        } else {
            cold();
        }
    }

    private void cold() {
        double dials = COLD_WEIGHT + settledDials;
        double mean = Math.min(HIGHEST_CHANCE, (COLD_WEIGHT * COLD_RATE + settledAnswers) / dials);
        rateVariance = mean * (1 - mean) / (dials + 1);
        rate = Math.min(HIGHEST_CHANCE, mean + Math.sqrt(rateVariance));
    }

    // ---- what is to be expected

    /**
     * The chance that a call to a usual lead is answered, 0 to 1; while little is known, rather too high than too
     * low.
     */
    public double answerRate() {
        return rate;
    }

    public double answerRateVariance() {
        return rateVariance;
    }

    /**
     * The share of that group's answered calls that are answered within so many seconds of their placement.
     *
     * @param group null for all calls
     */
    public double ringLaw(@Nullable LeadGroup group, double seconds) {
        return (group == null ? rings.ofAll() : rings.of(group)).within(seconds);
    }

    /** How many calls were ever placed. */
    public long placed() {
        return placed;
    }

    public long answers() {
        return answers;
    }

    /** Returns the calls that nobody has answered yet. Their order has no meaning, but is the same in every run. */
    public List<Dial> inFlight() {
        return Collections.unmodifiableList(inFlight);
    }

    /** Whether leads differ in anything that {@link #chance} depends on. */
    public boolean tellsLeadsApart() {
        return groups.tellApart();
    }

    /** The chance that a call to that group is answered, 0 to 1. */
    public double chance(LeadGroup group) {
        return Math.min(HIGHEST_CHANCE, rate * GroupOdds.factor(groups.traits(group)));
    }

    /**
     * Computes the chances that a call is answered within 1, 2, ... seconds from now, given that it has not been
     * answered yet.
     *
     * @param slope takes how much each chance grows with the rate
     */
    public void within(Dial dial, long nowNanos, double[] chances, double[] slope) {
        double age = seconds(nowNanos - dial.placedNanos);
        double odds = Math.min(dial.odds, HIGHEST_CHANCE / rate);
        RingLaw ring = dial.ring;
        double passed = ring.within(age);
        double still = 1 - rate * odds * passed;
        for (int j = 0; j < chances.length; j++) {
            double share = ring.within(age + j + 1) - passed;
            chances[j] = rate * odds * share / still;
            slope[j] = odds * share / (still * still);
        }
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
