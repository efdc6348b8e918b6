package org.paceline.bench.pacing.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.floor.BenchFloor;
import org.paceline.bench.pacing.scenario.Scenario;
import org.paceline.bench.pacing.scenario.Scenario.CallList;
import org.paceline.bench.pacing.scenario.Scenario.Group;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadKind;
import org.paceline.dialer.lead.LeadTraits;

/**
 * The campaigns' lists. Leads are numbered by campaign in the order in which they are handed out, and what becomes of the
 * n-th is the same in every run of a seed.
 *
 * <p>Thread: one at a time.
 */
final class LabLists {
    private final Scenario scenario;
    private final Draws draws;
    private final BenchFloor floor;
    private final long[] handedOut;
    private final Map<LeadId, Entry> entries = new HashMap<>();
    /** The leads of each campaign, by number, in the order in which the dialer takes them. */
    private final List<Map<Long, Entry>> undialled = new ArrayList<>();

    /**
     * A lead that the dialer has.
     *
     * @param campaign its place in the scenario
     * @param number the lead's number within the campaign, from 0
     */
    record Entry(int campaign, long number, CallList list, Group group) {
        /**
         * Returns the chance of an answer as far as the lead shows it, 0 to 1; for a lead without a grade, the mean of
         * the list.
         */
        double chanceAt(double second) {
            return group.grade() == null ? list.chanceAt(second) : group.odds().at(second);
        }
    }

    LabLists(Scenario scenario, Draws draws, BenchFloor floor) {
        this.scenario = scenario;
        this.draws = draws;
        this.floor = floor;
        this.handedOut = new long[scenario.campaigns().size()];
        scenario.campaigns().forEach(_ -> undialled.add(new LinkedHashMap<>()));
    }

    /**
     * Returns the next leads of the list that is in force; none where it has run out.
     *
     * @param second the second of the day
     */
    List<Lead> next(int campaign, CampaignId id, int count, double second) {
        CallList list = inForce(campaign, second);
        if (list == null) {
            return List.of();
        }
        List<Entry> next = new ArrayList<>(count);
        List<Lead> leads = floor.leads(id, count, () -> {
            Entry entry = entry(campaign, handedOut[campaign]++, list);
            next.add(entry);
            undialled.get(campaign).put(entry.number, entry);
            return new LeadTraits(false, entry.group.grade(), LeadTraits.NO_CONSENT, LeadKind.NEW);
        });
        for (int i = 0; i < count; i++) {
            entries.put(leads.get(i).id(), next.get(i));
        }
        return leads;
    }

    private Entry entry(int campaign, long number, CallList list) {
        return new Entry(campaign, number, list, group(list, draws.of(Draws.Purpose.LIST, campaign, number)));
    }

    private static Group group(CallList list, RandomGenerator random) {
        double left = random.nextDouble() * list.weight();
        for (Group group : list.groups()) {
            left -= group.weight();
            if (left < 0) {
                return group;
            }
        }
        return list.groups().getLast();
    }

    /** Returns the entry of a lead that is dialled; each lead is dialled once. */
    Entry take(LeadId lead) {
        Entry entry = entries.remove(lead);
        if (entry == null) {
            throw new IllegalStateException("lead=" + lead + ": was dialled twice, or never handed out");
        }
        undialled.get(entry.campaign).remove(entry.number);
        return entry;
    }

    /**
     * Returns the lead that will be dialled after so many others, whether the dialer has it yet or not; null where the
     * list ends.
     */
    @Nullable
    Entry upcoming(int campaign, int after, double second) {
        Map<Long, Entry> waiting = undialled.get(campaign);
        if (after < waiting.size()) {
            return waiting.values().stream().skip(after).findFirst().orElseThrow();
        }
        CallList list = inForce(campaign, second);
        return list == null ? null : entry(campaign, handedOut[campaign] + after - waiting.size(), list);
    }

    /** Returns the list that leads come from at that second of the day, or null. */
    @Nullable
    CallList inForce(int campaign, double second) {
        CallList found = null;
        for (CallList list : scenario.campaigns().get(campaign).lists()) {
            if (list.fromSecond() <= second) {
                found = list;
            }
        }
        return found == null || found.untilSecond() <= second ? null : found;
    }

    /** Returns when the next list comes, seconds of the day; {@link Double#MAX_VALUE} for never. */
    double nextComesAt(int campaign, double second) {
        double soonest = Double.MAX_VALUE;
        for (CallList list : scenario.campaigns().get(campaign).lists()) {
            if (list.fromSecond() > second) {
                soonest = Math.min(soonest, list.fromSecond());
            }
        }
        return soonest;
    }

    /** Returns the chance that a call to a lead handed out at that second is told as answered, 0 to 1. */
    double trueRate(int campaign, double second) {
        CallList list = inForce(campaign, second);
        return list == null
                ? 0
                : list.chanceAt(second)
                        * scenario.campaigns().get(campaign).people().machines().toldShare();
    }
}
