package org.paceline.daemon.records;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.leads.LeadStatus;
import org.paceline.dialer.agent.AgentId;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.CampaignId;

/**
 * Counts over everything that the database holds, all runs and nodes.
 *
 * <p>Thread: any; may block. Database errors come as Jdbi's unchecked exceptions.
 */
public final class Figures {
    private final Database database;

    public Figures(Database database) {
        this.database = database;
    }

    /** Ended attempts of each campaign that has any, by campaign name. */
    public Map<String, Map<Outcome, Long>> attemptsByOutcome() {
        return attemptsByOutcome(0);
    }

    /** The same of attempts planned at or after a time, epoch milliseconds. */
    public Map<String, Map<Outcome, Long>> attemptsByOutcome(long sinceEpochMillis) {
        Map<String, Map<Outcome, Long>> counts = new TreeMap<>();
        database.jdbi()
                .useHandle(handle -> handle.createQuery(
                                "SELECT campaign, outcome, COUNT(*) FROM attempt WHERE outcome IS NOT NULL"
                                        + " AND planned_at >= :since GROUP BY campaign, outcome")
                        .bind("since", sinceEpochMillis)
                        .map((row, _) -> counts.computeIfAbsent(row.getString(1), _ -> new EnumMap<>(Outcome.class))
                                        .put(Outcome.valueOf(row.getString(2)), row.getLong(3))
                                == null)
                        .list());
        return counts;
    }

    /** Attempts without an outcome. */
    public long attemptsInFlight() {
        return count("SELECT COUNT(*) FROM attempt WHERE outcome IS NULL");
    }

    public Map<LeadStatus, Long> leadsByStatus(CampaignId campaign) {
        Map<LeadStatus, Long> counts = new EnumMap<>(LeadStatus.class);
        for (LeadStatus status : LeadStatus.values()) {
            long count = database.jdbi()
                    .withHandle(handle -> handle.createQuery(
                                    "SELECT COUNT(*) FROM lead WHERE status = :status AND campaign = :campaign")
                            .bind("status", status.name())
                            .bind("campaign", campaign.value())
                            .mapTo(Long.class)
                            .one());
            counts.put(status, count);
        }
        return counts;
    }

    /** How many of a campaign's leads were refused at least once, by the rule of their last refusal. */
    public Map<String, Long> refusedLeadsByRule(CampaignId campaign) {
        Map<String, Long> counts = new TreeMap<>();
        database.jdbi()
                .useHandle(handle -> handle.createQuery("SELECT refusal_rule, COUNT(*) FROM lead"
                                + " WHERE campaign = :campaign AND refusal_rule IS NOT NULL GROUP BY refusal_rule")
                        .bind("campaign", campaign.value())
                        .map((row, _) -> counts.put(row.getString(1), row.getLong(2)) == null)
                        .list());
        return counts;
    }

    /** Attempts charged to the agent that were planned at or after a time, epoch milliseconds: the day's begin. */
    public int agentAttemptsSince(AgentId agent, long sinceEpochMillis) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT COUNT(*) FROM attempt WHERE charged_agent = :agent AND planned_at >= :since")
                        .bind("agent", agent.value())
                        .bind("since", sinceEpochMillis)
                        .mapTo(Integer.class)
                        .one());
    }

    public long recordings() {
        return count("SELECT COUNT(*) FROM recording");
    }

    /** Names of the campaigns that have leads. */
    public List<String> campaigns() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT DISTINCT campaign FROM lead ORDER BY campaign")
                        .mapTo(String.class)
                        .list());
    }

    private long count(String sql) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
