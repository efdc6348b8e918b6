package org.paceline.dialer.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.paceline.dialer.budget.CallCost;
import org.paceline.dialer.budget.Reservation;
import org.paceline.dialer.budget.Spent;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.CallDetails;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadKind;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.lead.LeadTraits;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.OptOut;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RuleBook;

/** What outlives the simulated daemon: leads with their due times, every attempt, the do-not-call list. */
final class MonthDatabase {
    private static final LeadTraits TRAITS = new LeadTraits(true, null, 0, LeadKind.NEW);

    private final Map<LeadId, Row> leads = new LinkedHashMap<>();
    private final Map<Long, List<Past>> attempts = new HashMap<>();
    private final Map<Long, OptOut> optOuts = new LinkedHashMap<>();
    private final Map<String, Spent> spent = new LinkedHashMap<>();
    private final Random random;

    private static final class Row {
        private final CampaignId campaign;
        private final PhoneNumber number;
        private long dueEpochMillis;
        private int attempts;
        private boolean leased;
        private boolean done;

        private Row(CampaignId campaign, PhoneNumber number) {
            this.campaign = campaign;
            this.number = number;
        }
    }

    private static final class Past {
        private final long call;
        private final long atEpochMillis;
        private Outcome outcome = Outcome.INTERRUPTED;
        private long endedEpochMillis;

        private Past(long call, long atEpochMillis) {
            this.call = call;
            this.atEpochMillis = atEpochMillis;
        }
    }

    MonthDatabase(Random random) {
        this.random = random;
    }

    void add(CampaignId campaign, PhoneNumber number) {
        leads.put(new LeadId(leads.size() + 1L), new Row(campaign, number));
    }

    Map<Long, OptOut> optOuts() {
        return optOuts;
    }

    void optOut(long number, OptOut entry) {
        optOuts.put(number, entry);
    }

    long anyNumber() {
        List<Row> rows = List.copyOf(leads.values());
        return rows.get(random.nextInt(rows.size())).number.e164();
    }

    Event.LeadsArrived lease(CampaignId campaign, int count, long now, Map<String, RuleBook> books) {
        long reach =
                books.values().stream().mapToLong(RuleBook::historyMillis).max().orElse(0);
        List<Map.Entry<LeadId, Row>> due = leads.entrySet().stream()
                .filter(lead -> lead.getValue().campaign.equals(campaign))
                .filter(lead -> !lead.getValue().leased && !lead.getValue().done)
                .sorted(Comparator.comparingLong(lead -> lead.getValue().dueEpochMillis))
                .toList();
        List<Lead> leased = new ArrayList<>();
        for (Map.Entry<LeadId, Row> lead : due) {
            Row row = lead.getValue();
            if (row.dueEpochMillis > now || leased.size() == count) {
                return new Event.LeadsArrived(campaign, leased, row.dueEpochMillis);
            }
            row.leased = true;
            leased.add(new Lead(
                    lead.getKey(), campaign, row.number, row.attempts, TRAITS, history(row.number, now - reach)));
        }
        return new Event.LeadsArrived(campaign, leased, Long.MAX_VALUE);
    }

    private AttemptHistory history(PhoneNumber number, long since) {
        AttemptHistory history = new AttemptHistory();
        for (Past past : attempts.getOrDefault(number.e164(), List.of())) {
            if (past.atEpochMillis >= since) {
                history.add(past.atEpochMillis);
                if (past.outcome == Outcome.ABANDONED) {
                    history.abandoned(past.endedEpochMillis);
                } else if (past.outcome == Outcome.CONNECTED) {
                    history.conversation(past.endedEpochMillis);
                }
            }
        }
        return history;
    }

    void attempted(Attempt attempt) {
        attempts.computeIfAbsent(attempt.order().number().e164(), _ -> new ArrayList<>())
                .add(new Past(attempt.call().value(), attempt.plannedAt().epochMillis()));
        row(attempt.lead()).attempts++;
        Reservation reservation = attempt.reservation();
        if (reservation != null) {
            take(reservation.holder(), reservation.month(), reservation.micros());
        }
    }

    /** It was not sent: as if it had never been stored. */
    void takenBack(Attempt attempt) {
        Objects.requireNonNull(attempts.get(attempt.order().number().e164()))
                .removeIf(past -> past.call == attempt.call().value());
        row(attempt.lead()).attempts--;
        Reservation reservation = attempt.reservation();
        if (reservation != null) {
            take(reservation.holder(), reservation.month(), -reservation.micros());
        }
    }

    private void take(String holder, int month, long micros) {
        spent.merge(
                holder + month,
                new Spent(holder, month, micros, 0),
                (a, b) -> new Spent(holder, month, a.spentMicros() + b.spentMicros(), 0));
    }

    /** All runs' money together; what was reserved for interrupted calls is spent. */
    List<Spent> spent() {
        return List.copyOf(spent.values());
    }

    void ended(Attempt attempt, CallDetails call, LeadNext next) {
        for (Past past : attempts.getOrDefault(attempt.order().number().e164(), List.of())) {
            if (past.call == attempt.call().value()) {
                past.outcome = call.outcome();
                past.endedEpochMillis = call.endedAtEpochMillis();
            }
        }
        CallCost cost = call.cost();
        if (cost != null) {
            take(cost.holder(), cost.month(), cost.micros() - cost.reservedMicros());
        }
        settled(attempt.lead(), next);
    }

    /** As recovery does it: the attempt stays counted, the lead is due again. */
    void interrupted(Attempt attempt, long now) {
        settled(attempt.lead(), new LeadNext.RetryAt(now, null));
    }

    void settled(LeadId lead, LeadNext next) {
        Row row = row(lead);
        row.leased = false;
        switch (next) {
            case LeadNext.Done done -> row.done = true;
            case LeadNext.Untouched untouched -> {}
            case LeadNext.RetryAt retry -> row.dueEpochMillis = retry.epochMillis();
            case LeadNext.RefusedForGood refused -> row.done = true;
        }
    }

    private Row row(LeadId lead) {
        return Objects.requireNonNull(leads.get(lead));
    }

    void releaseLeases() {
        leads.values().forEach(row -> row.leased = false);
    }
}
