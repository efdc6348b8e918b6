package org.paceline.daemon.attempts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.InList;
import org.paceline.daemon.donotcall.CurrentLists;
import org.paceline.daemon.donotcall.DoNotCallTable;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.port.AttemptJournal.CapReached;
import org.paceline.rules.CapLimit;
import org.paceline.rules.OptOut;
import org.paceline.rules.RuleId;

/**
 * The attempts that the database has of a batch's numbers while their rows are locked, and those that the batch adds.
 */
final class KnownNumbers {

    /** The longest that a call may last; an older attempt without an outcome is not on the line any more. */
    private static final long LONGEST_CALL_MILLIS = 24 * 3_600_000L;

    private static final String ATTEMPTS =
            "SELECT e164, planned_at, call_id, node, outcome, campaign FROM attempt WHERE planned_at >= ? AND e164 IN ";

    private final Map<Long, Known> numbers = new HashMap<>();
    private final Set<CallId> stored = new HashSet<>();

    private final CurrentLists.Listed listed;

    private KnownNumbers(CurrentLists.Listed listed) {
        this.listed = listed;
    }

    static KnownNumbers read(
            Handle handle, Collection<Long> numbers, List<Attempt> batch, String node, CurrentLists lists)
            throws SQLException {
        Connection connection = handle.getConnection();
        KnownNumbers known = new KnownNumbers(lists.of(connection, numbers));
        known.readAttempts(connection, numbers, since(batch), node);
        DoNotCallTable.ownEntries(
                handle, numbers, entry -> known.number(entry.e164()).optOuts.add(entry.optOut()));
        return known;
    }

    private static long since(List<Attempt> batch) {
        long since = Long.MAX_VALUE;
        for (Attempt attempt : batch) {
            since = Math.min(since, attempt.plannedAt().epochMillis() - LONGEST_CALL_MILLIS);
            since = Math.min(since, sinceOf(attempt));
        }
        return since;
    }

    private static long sinceOf(Attempt attempt) {
        long since = Long.MAX_VALUE;
        for (CapLimit cap : attempt.caps()) {
            since = Math.min(since, cap.sinceEpochMillis());
        }
        return since;
    }

    private void readAttempts(Connection connection, Collection<Long> batch, long since, String node)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(ATTEMPTS + InList.marks(batch.size()))) {
            query.setLong(1, since);
            InList.bind(query, 2, batch);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    Known number = number(rows.getLong(1));
                    number.add(rows.getLong(2), rows.getString(6));
                    stored.add(new CallId(rows.getLong(3)));
                    if (rows.getString(5) == null && !node.equals(rows.getString(4))) {
                        number.inFlightElsewhere = true;
                    }
                }
            }
        }
    }

    private Known number(long e164) {
        return numbers.computeIfAbsent(e164, _ -> new Known());
    }

    /** Whether the attempt is in the database from an earlier try. */
    boolean isJournaled(Attempt attempt) {
        return stored.contains(attempt.call());
    }

    void add(Attempt attempt) {
        number(attempt.order().number().e164())
                .add(
                        attempt.plannedAt().epochMillis(),
                        attempt.order().campaign().value());
        stored.add(attempt.call());
    }

    /** @return the cap that forbids recording the attempt, or null */
    @Nullable
    CapReached against(Attempt attempt) {
        long e164 = attempt.order().number().e164();
        Known known = number(e164);
        if (known.inFlightElsewhere) {
            return reached(RuleId.IN_FLIGHT, attempt, known);
        }
        long at = attempt.plannedAt().epochMillis();
        CampaignId campaign = attempt.order().campaign();
        if (known.isOptedOut(OptOut.Kind.REQUEST, campaign.value(), at) || listed.forbids(e164, campaign, at)) {
            return reached(RuleId.OPTOUT, attempt, known);
        }
        if (known.isOptedOut(OptOut.Kind.COMPLAINT, campaign.value(), at)) {
            return reached(RuleId.COMPLAINT, attempt, known);
        }
        for (CapLimit cap : attempt.caps()) {
            int count = switch (cap.scope()) {
                case NUMBER -> known.countSince(cap.sinceEpochMillis());
                case NUMBER_IN_CAMPAIGN ->
                    known.byCampaign.getOrDefault(attempt.order().campaign().value(), 0);
                case AGENT, CAMPAIGN -> 0; // counted by CapHolders
            };
            if (count >= cap.atMost()) {
                return reached(cap.rule(), attempt, known);
            }
        }
        return null;
    }

    /** @param rule the rule of a cap that counts more than this number's attempts */
    CapReached reached(RuleId rule, Attempt attempt) {
        return reached(rule, attempt, number(attempt.order().number().e164()));
    }

    private static CapReached reached(RuleId rule, Attempt attempt, Known known) {
        long since = sinceOf(attempt);
        List<Long> times =
                known.attempts.stream().filter(at -> at >= since).sorted().toList();
        return new CapReached(rule, times);
    }

    private static final class Known {
        final List<Long> attempts = new ArrayList<>();
        final List<OptOut> optOuts = new ArrayList<>();
        final Map<String, Integer> byCampaign = new HashMap<>();
        boolean inFlightElsewhere;

        void add(long atEpochMillis, String campaign) {
            attempts.add(atEpochMillis);
            byCampaign.merge(campaign, 1, Integer::sum);
        }

        int countSince(long since) {
            int count = 0;
            for (long at : attempts) {
                if (at >= since) {
                    count++;
                }
            }
            return count;
        }

        boolean isOptedOut(OptOut.Kind kind, String campaign, long at) {
            for (OptOut entry : optOuts) {
                if (entry.kind() == kind
                        && at < entry.untilEpochMillis()
                        && (entry.campaign() == null || entry.campaign().equals(campaign))) {
                    return true;
                }
            }
            return false;
        }
    }
}
