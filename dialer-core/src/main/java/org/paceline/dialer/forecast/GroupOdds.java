package org.paceline.dialer.forecast;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.paceline.dialer.lead.LeadGroup;

/**
 * How much more or less often the leads of a group are answered than all leads: one factor for each trait of the
 * group. A factor compares the answers that came with those that the rate of all leads and the other traits' factors
 * had led to expect, and is shrunk towards one. Over the leads dialled the factors of each kind of trait have the
 * mean one, because what all leads have in common is in the rate.
 *
 * <p>Thread: engine only.
 */
final class GroupOdds {
    /** The prior of a factor is a gamma law of this shape and mean 1. */
    private static final double SHRINKAGE = 3;

    private static final int REMEMBERED_DIALS = 2_000;
    private static final int MOST_ATTEMPTS = 4;

    /**
     * The most traits of one dimension. Leads with any other value count as one group, so that a list with as many
     * values as rows costs nothing.
     */
    private static final int MOST_TRAITS = 500;

    private static final Object ANY_OTHER = new Object();
    private static final double LEAST = 0.02;
    private static final double MOST = 8;

    private final Dimension attempts = new Dimension();
    private final Dimension kinds = new Dimension();
    private final Dimension segments = new Dimension();

    /**
     * One thing in which leads differ. A trait's level is its answers divided by the answers expected; its factor is
     * its level divided by the mean level of the leads dialled lately. So an error in the expectation that is the
     * same for all leads is in no factor.
     */
    private static final class Dimension {
        private final Map<Object, Trait> traits = new HashMap<>();
        private double dials;
        private double levels;

        /** Returns the trait of that value; a trait that nothing is known of is like the mean of the others. */
        Trait of(Object value) {
            Trait known = traits.get(value);
            if (known != null) {
                return known;
            }
            Object group = traits.size() < MOST_TRAITS ? value : ANY_OTHER;
            return traits.computeIfAbsent(group, _ -> new Trait(this, mean()));
        }

        double mean() {
            return dials == 0 ? 1 : levels / dials;
        }

        void notDialled(Trait trait) {
            double known = Math.min(1, trait.dials); // part of it may be forgotten
            trait.dials -= known;
            dials -= known;
            levels -= known * trait.level();
        }

        void dialled(Trait trait) {
            trait.dials++;
            dials++;
            levels += trait.level();
            if (dials > REMEMBERED_DIALS) {
                forgetHalf();
            }
        }

        private void forgetHalf() {
            dials = 0;
            levels = 0;
            for (Trait trait : traits.values()) {
                trait.dials /= 2;
                dials += trait.dials;
                levels += trait.dials * trait.level();
            }
        }
    }

    /** One value of a dimension. */
    static final class Trait {
        private final Dimension in;
        private double answers;
        private double expected = SHRINKAGE;
        private double dials;

        private Trait(Dimension in, double level) {
            this.in = in;
            this.answers = SHRINKAGE * level;
        }

        private double level() {
            return answers / expected;
        }

        double factor() {
            return level() / in.mean();
        }

        private void learn(double moreExpected, boolean answered) {
            in.levels -= dials * level();
            expected += moreExpected;
            answers += answered ? 1 : 0;
            in.levels += dials * level();
        }
    }

    /** Whether there is more than one trait in any dimension. */
    boolean tellApart() {
        return attempts.traits.size() > 1 || kinds.traits.size() > 1 || segments.traits.size() > 1;
    }

    /** The traits of a group, to be kept with its call. */
    List<Trait> traits(LeadGroup group) {
        Trait tried = attempts.of(Math.min(group.attempts(), MOST_ATTEMPTS));
        Trait kind = kinds.of(group.kind());
        return group.segment() == null ? List.of(tried, kind) : List.of(tried, kind, segments.of(group.segment()));
    }

    /** A lead with these traits is dialled. */
    static void dialled(List<Trait> of) {
        of.forEach(trait -> trait.in.dialled(trait));
    }

    /** Takes back that a lead with these traits was dialled. */
    static void notDialled(List<Trait> of) {
        of.forEach(trait -> trait.in.notDialled(trait));
    }

    static double factor(List<Trait> of) {
        double factor = 1;
        for (Trait trait : of) {
            factor *= trait.factor();
        }
        return Math.clamp(factor, LEAST, MOST);
    }

    /**
     * Learns from a call that will not ring any longer.
     *
     * @param expected chance of an answer by the rate of all leads, without any factor, 0 to 1
     */
    static void learn(List<Trait> of, double expected, boolean answered) {
        double all = factor(of);
        for (Trait trait : of) {
            double others = all / trait.factor();
            trait.learn(expected * others, answered);
        }
    }
}
