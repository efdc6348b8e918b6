package org.paceline.daemon.attempts;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.agent.AgentDay;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.LeadId;

/**
 * Counts attempts of all runs and nodes, and finds single ones.
 *
 * <p>Thread: any; may block. Database errors come as Jdbi's unchecked exceptions.
 */
public final class AttemptTable {
    private static final String BY_OUTCOME = "SELECT campaign, outcome, COUNT(*) AS attempts FROM attempt"
            + " WHERE outcome IS NOT NULL GROUP BY campaign, outcome";
    private static final String IN_FLIGHT = "SELECT COUNT(*) FROM attempt WHERE outcome IS NULL";
    private static final String TALKED = "agent = charged_agent AND connected_at IS NOT NULL AND ended_at IS NOT NULL";
    private static final String AGENT_DAY = "SELECT COUNT(*) AS attempts, COUNT(CASE WHEN " + TALKED
            + " THEN 1 END) AS talks, COALESCE(SUM(CASE WHEN " + TALKED
            + " THEN ended_at - connected_at END), 0) AS talk_millis FROM attempt"
            + " WHERE charged_agent = :agent AND planned_at >= :since";
    private static final String CALLED = "SELECT e164, campaign, lead_id FROM attempt WHERE call_id = :call";

    private final Database database;

    /** @param e164 the number that was called, digits without {@code +} */
    public record Called(long e164, String campaign, LeadId lead) {}

    public AttemptTable(Database database) {
        this.database = database;
    }

    /** Counts the ended attempts of each campaign that has any, by campaign name. */
    public Map<String, Map<Outcome, Long>> countByOutcome() {
        Map<String, Map<Outcome, Long>> counts = new TreeMap<>();
        database.jdbi()
                .useHandle(handle -> handle.createQuery(BY_OUTCOME)
                        .map((row, _) ->
                                counts.computeIfAbsent(row.getString("campaign"), _ -> new EnumMap<>(Outcome.class))
                                                .put(Outcome.valueOf(row.getString("outcome")), row.getLong("attempts"))
                                        == null)
                        .list());
        return counts;
    }

    /** Counts the attempts without an outcome. */
    public long inFlight() {
        return database.jdbi()
                .withHandle(handle ->
                        handle.createQuery(IN_FLIGHT).mapTo(Long.class).one());
    }

    /**
     * Returns the agent's load of attempts that were planned at or after a time, epoch milliseconds: the begin of the
     * day.
     */
    public AgentDay agentDaySince(AgentId agent, long sinceEpochMillis) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(AGENT_DAY)
                        .bind("agent", agent.value())
                        .bind("since", sinceEpochMillis)
                        .map((row, _) ->
                                new AgentDay(row.getInt("attempts"), row.getInt("talks"), row.getLong("talk_millis")))
                        .one());
    }

    /** Returns the number that a call was to, or null where there was no such call. */
    public @Nullable Called find(long call) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(CALLED)
                        .bind("call", call)
                        .map((row, _) -> new Called(
                                row.getLong("e164"), row.getString("campaign"), new LeadId(row.getLong("lead_id"))))
                        .findOne()
                        .orElse(null));
    }
}
