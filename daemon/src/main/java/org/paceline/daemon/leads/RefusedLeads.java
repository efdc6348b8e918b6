package org.paceline.daemon.leads;

import static org.paceline.daemon.database.SqlWords.word;
import static org.paceline.daemon.database.SqlWords.words;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jdbi.v3.core.Handle;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.Refusal;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict;

/**
 * Leads that a rule refused: lists them, and offers them again once the cause of the refusal has changed.
 *
 * <p>Thread: any; may block. Database errors come as Jdbi's unchecked exceptions.
 */
public final class RefusedLeads {
    private static final int OFFERED_AT_ONCE = 20_000;

    private static final String OFFER = "UPDATE lead SET status = " + word(LeadStatus.NEW)
            + ", not_before = 0 WHERE status IN " + words(LeadStatus.NEW, LeadStatus.REFUSED);
    /** Excludes numbers that were attempted since: such a lead waits for its retry, and no longer for the rules. */
    private static final String NOT_ATTEMPTED_SINCE =
            " AND refused_at >= (SELECT COALESCE(MAX(ended_at), 0) FROM attempt WHERE attempt.e164 = lead.e164)";

    /** By the times of refusal, whose index leaves out the leads, most of a new list, that no rule ever refused. */
    static final String OFFER_CAMPAIGNS =
            OFFER + " AND campaign = :campaign AND refused_at >= :from AND refused_at < :end" + NOT_ATTEMPTED_SINCE;

    private static final String OFFER_LISTED = OFFER + " AND refusal_rule IN ('" + RuleId.OPTOUT.text() + "', '"
            + RuleId.COMPLAINT.text() + "')" + NOT_ATTEMPTED_SINCE;
    private static final String OFFER_NUMBER = OFFER_LISTED + " AND e164 = :e164";
    /** The upper end leaves out, for H2 too, the leads without such a time, which come last in the index. */
    static final String NEXT_PART = "SELECT refused_at FROM lead WHERE campaign = :campaign"
            + " AND refused_at >= :from AND refused_at < :end"
            + " ORDER BY campaign, refused_at, id OFFSET :most ROWS FETCH FIRST ROW ONLY";

    private static final String REFUSE = "UPDATE lead SET status = " + word(LeadStatus.REFUSED)
            + ", lease_node = NULL, refusal_rule = :rule, refusal_reason = :reason, refusal_citation = :citation,"
            + " refused_at = :at WHERE id = :lead AND status = " + word(LeadStatus.LEASED) + " AND lease_node = :node";
    private static final String BY_RULE = "SELECT refusal_rule, COUNT(*) AS leads FROM lead"
            + " WHERE campaign = :campaign AND refusal_rule IS NOT NULL GROUP BY refusal_rule";
    private static final String LAST = "SELECT id, e164, refusal_rule, refusal_reason, refusal_citation, refused_at,"
            + " status, not_before FROM lead WHERE campaign = :campaign"
            + " AND refused_at <= :at AND (refused_at < :at OR id < :id)"
            + " ORDER BY campaign DESC, refused_at DESC, id DESC FETCH FIRST :most ROWS ONLY";

    private final Database database;
    private final int offeredAtOnce;

    public RefusedLeads(Database database) {
        this(database, OFFERED_AT_ONCE);
    }

    /** @param offeredAtOnce how many leads one transaction offers, so that nothing else waits for long */
    RefusedLeads(Database database, int offeredAtOnce) {
        this.database = database;
        this.offeredAtOnce = offeredAtOnce;
    }

    /** Counts a campaign's leads that were refused at least once, by the rule of their last refusal. */
    public Map<String, Long> byRule(CampaignId campaign) {
        Map<String, Long> counts = new TreeMap<>();
        database.jdbi()
                .useHandle(handle -> handle.createQuery(BY_RULE)
                        .bind("campaign", campaign.value())
                        .map((row, _) -> Map.entry(row.getString("refusal_rule"), row.getLong("leads")))
                        .forEach(rule -> counts.put(rule.getKey(), rule.getValue())));
        return counts;
    }

    /**
     * Lists a campaign's leads that a rule refused, the latest refusal first. A lead that was dialled since still shows
     * its last refusal.
     *
     * @param mask shows a number, E.164 digits without {@code +}, to people
     * @param beforeEpochMillis the time at which the page before ended; refusals of this time continue below {@code
     * beforeLead}; {@link Long#MAX_VALUE} to begin
     */
    public List<RefusedLead> last(
            CampaignId campaign, long beforeEpochMillis, long beforeLead, int most, LongFunction<String> mask) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(LAST)
                        .bind("campaign", campaign.value())
                        .bind("at", beforeEpochMillis)
                        .bind("id", beforeLead)
                        .bind("most", most)
                        .map((row, _) -> new RefusedLead(
                                row.getLong("id"),
                                mask.apply(row.getLong("e164")),
                                row.getString("refusal_rule"),
                                row.getString("refusal_reason"),
                                row.getString("refusal_citation"),
                                row.getLong("refused_at"),
                                row.getString("status").equals(LeadStatus.REFUSED.name())
                                        ? Verdict.Refused.NEVER
                                        : row.getLong("not_before")))
                        .list());
    }

    /** Takes out a lead that the node has leased and will never call. */
    void refuse(LeadId lead, String node, Refusal refusal) {
        database.write(handle -> handle.createUpdate(REFUSE)
                .bind("lead", lead.value())
                .bind("node", node)
                .bind("rule", refusal.verdict().rule().text())
                .bind("reason", refusal.verdict().reason())
                .bind("citation", refusal.verdict().citation())
                .bind("at", refusal.atEpochMillis())
                .execute());
    }

    /**
     * Offers again, at once, the campaign's leads that its rules put off or took out. Leads that wait because of the
     * retry plan go on waiting.
     *
     * @return how many
     */
    int offer(CampaignId campaign) {
        int offered = 0;
        long from = 0;
        while (from < Long.MAX_VALUE) {
            Part part = new Part(from, nextPart(campaign, from));
            offered += database.write(handle -> handle.createUpdate(OFFER_CAMPAIGNS)
                    .bind("campaign", campaign.value())
                    .bind("from", part.from)
                    .bind("end", part.end)
                    .execute());
            from = part.end;
        }
        return offered;
    }

    /** Leads that were refused in a span of time, in ms since the epoch, without its end. */
    private record Part(long from, long end) {}

    /** Returns where the next part begins; {@link Long#MAX_VALUE} when this is the last. */
    private long nextPart(CampaignId campaign, long from) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(NEXT_PART)
                        .bind("campaign", campaign.value())
                        .bind("from", from)
                        .bind("end", Long.MAX_VALUE)
                        .bind("most", offeredAtOnce)
                        .mapTo(Long.class)
                        .findOne()
                        // More than one part's leads of the same millisecond are one part.
                        .map(end -> Math.max(end, from + 1))
                        .orElse(Long.MAX_VALUE));
    }

    /** Offers a number again that left the do-not-call list, in every campaign. */
    public static void offerListed(Handle handle, long e164) {
        handle.createUpdate(OFFER_NUMBER).bind("e164", e164).execute();
    }

    /** Has all leads judged again that the do-not-call list refused; those still on the list are refused again. */
    public static void offerAllListed(Handle handle) {
        handle.createUpdate(OFFER_LISTED).execute();
    }
}
