package org.paceline.daemon.store;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.leads.LeadStatus;
import org.paceline.daemon.leads.RefusedLead;
import org.paceline.dialer.agent.AgentDay;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.Refusal;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict;

/**
 * Counts over everything that the database holds, all runs and nodes.
 *
 * <p>Thread: any; may block. Database errors come as Jdbi's unchecked exceptions.
 */
public final class Figures {
    private static final String TALKED = "agent = charged_agent AND connected_at IS NOT NULL AND ended_at IS NOT NULL";

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

    /**
     * A campaign's leads that a rule refused, the latest refusal first. A lead that was dialled since still shows its last
     * refusal.
     *
     * @param mask shows a number, E.164 digits without {@code +}, to people
     * @param beforeEpochMillis refusals of this time go on below {@code beforeLead}; {@link Long#MAX_VALUE} to begin
     */
    public List<RefusedLead> refusedLeads(
            CampaignId campaign, long beforeEpochMillis, long beforeLead, int most, LongFunction<String> mask) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT id, e164, refusal_rule, refusal_reason,"
                                + " refusal_citation, refused_at, status, not_before FROM lead WHERE campaign = :campaign"
                                + " AND refused_at <= :at AND (refused_at < :at OR id < :id)"
                                + " ORDER BY campaign DESC, refused_at DESC, id DESC FETCH FIRST :most ROWS ONLY")
                        .bind("campaign", campaign.value())
                        .bind("at", beforeEpochMillis)
                        .bind("id", beforeLead)
                        .bind("most", most)
                        .map((row, _) -> new RefusedLead(
                                row.getLong(1),
                                mask.apply(row.getLong(2)),
                                new Refusal(
                                        new Verdict.Refused(
                                                RuleId.of(row.getString(3)),
                                                row.getString(4),
                                                row.getString(5),
                                                row.getString(7).equals(LeadStatus.REFUSED.name())
                                                        ? Verdict.Refused.NEVER
                                                        : row.getLong(8)),
                                        row.getLong(6))))
                        .list());
    }

    /** The agent's load of attempts that were planned at or after a time, epoch milliseconds: the day's begin. */
    public AgentDay agentDaySince(AgentId agent, long sinceEpochMillis) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT COUNT(*), COUNT(CASE WHEN " + TALKED
                                + " THEN 1 END), COALESCE(SUM(CASE WHEN " + TALKED
                                + " THEN ended_at - connected_at END), 0) FROM attempt"
                                + " WHERE charged_agent = :agent AND planned_at >= :since")
                        .bind("agent", agent.value())
                        .bind("since", sinceEpochMillis)
                        .map((row, _) -> new AgentDay(row.getInt(1), row.getInt(2), row.getLong(3)))
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
