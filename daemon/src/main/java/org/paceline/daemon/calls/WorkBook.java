package org.paceline.daemon.calls;

import static org.paceline.daemon.database.SqlWords.word;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.LeadKind;

/**
 * An agent's work of today, in the node's zone, against the targets.
 *
 * <p>Thread: any; may block. Database errors come as Jdbi's unchecked exceptions.
 */
public final class WorkBook {
    private static final String TALKS = "SELECT a.campaign, a.ended_at - a.connected_at,"
            + " CASE WHEN l.kind = " + word(LeadKind.FOLLOW_UP)
            + " OR EXISTS (SELECT 1 FROM attempt p WHERE p.e164 = a.e164"
            + " AND p.planned_at < a.planned_at AND p.lead_id = a.lead_id AND p.outcome = "
            + word(Outcome.CONNECTED) + ") THEN 1 ELSE 0 END"
            + " FROM attempt a LEFT JOIN lead l ON l.id = a.lead_id WHERE a.agent = :agent AND a.planned_at >= :since"
            + " AND a.outcome = " + word(Outcome.CONNECTED);

    private final Database database;
    private final ZoneId zone;
    private final LongSupplier epochMillis;
    private final DailyTarget overall;
    private final Function<CampaignId, DailyTarget> targets;

    /** Counts of valid calls. */
    public record Count(int fresh, int followUp) {
        public int calls() {
            return fresh + followUp;
        }

        private Count plus(Count more) {
            return new Count(fresh + more.fresh, followUp + more.followUp);
        }
    }

    /**
     * @param total over all campaigns
     * @param campaigns by name, those with a call today
     */
    public record Work(LocalDate day, Count total, Map<String, Count> campaigns) {}

    private record Talk(String campaign, long millis, boolean isFollowUp) {}

    /**
     * @param zone the node's zone
     * @param overall the target over all campaigns
     * @param targets each campaign's; the overall one where it has none
     */
    public WorkBook(
            Database database,
            ZoneId zone,
            LongSupplier epochMillis,
            DailyTarget overall,
            Function<CampaignId, DailyTarget> targets) {
        this.database = database;
        this.zone = zone;
        this.epochMillis = epochMillis;
        this.overall = overall;
        this.targets = targets;
    }

    public DailyTarget overall() {
        return overall;
    }

    public DailyTarget target(String campaign) {
        return targets.apply(new CampaignId(campaign));
    }

    /** Returns the agent's work of today, from calls that have ended; each counts on the day it was placed. */
    public Work of(AgentId agent) {
        LocalDate day =
                Instant.ofEpochMilli(epochMillis.getAsLong()).atZone(zone).toLocalDate();
        Map<String, Count> campaigns = new TreeMap<>();
        Count total = new Count(0, 0);
        for (Talk talk : talks(agent, day.atStartOfDay(zone).toInstant().toEpochMilli())) {
            boolean isValid = talk.millis >= target(talk.campaign).validAfter().toMillis();
            Count one = isValid ? new Count(talk.isFollowUp ? 0 : 1, talk.isFollowUp ? 1 : 0) : new Count(0, 0);
            campaigns.merge(talk.campaign, one, Count::plus);
            total = total.plus(one);
        }
        return new Work(day, total, campaigns);
    }

    private List<Talk> talks(AgentId agent, long since) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(TALKS)
                        .bind("agent", agent.value())
                        .bind("since", since)
                        .map((row, _) -> new Talk(row.getString(1), row.getLong(2), row.getInt(3) == 1))
                        .list());
    }
}
