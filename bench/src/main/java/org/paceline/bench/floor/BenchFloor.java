package org.paceline.bench.floor;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.AgentDemands;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.campaign.CallTerms;
import org.paceline.dialer.campaign.CallerIdPlan;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadTraits;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.dialer.trunk.TrunkSettings;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.Budget;
import org.paceline.rules.CampaignApproval;
import org.paceline.rules.NumberKind;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.RuleBook;
import org.paceline.rules.book.CampaignRules;
import org.paceline.rules.book.RuleBooks;
import org.paceline.rules.policy.PolicyLibrary;

/** The call centre of the engine's benches: one wide trunk, the built-in US policy, leads in Miami, always at noon. */
public final class BenchFloor {
    public static final ZoneId ZONE = ZoneId.of("America/New_York");
    public static final TrunkId TRUNK = new TrunkId("carrier");

    /** A Wednesday, at noon in New York, when no policy has its hours closed. */
    public static final long NOON_EPOCH_MILLIS =
            Instant.parse("2026-11-18T17:00:00Z").toEpochMilli();

    private static final long RING_LIMIT_MILLIS = 25_000;
    private static final String POLICY = "us-federal";
    private static final long CALLER_ID = 12_025_550_100L;
    private static final long FIRST_NUMBER = 13_052_000_000L;
    private static final int NUMBERS = 7_999_999;

    private final RuleBook rules = RuleBooks.compile(
            PolicyLibrary.builtIn().find(List.of(POLICY), problem -> {
                throw new IllegalStateException(problem);
            }),
            CampaignRules.none());
    private final List<ZoneId> zones = List.of(ZONE);
    private long leads;

    /** Returns the US policy's verdicts. */
    public RuleBook rules() {
        return rules;
    }

    public TrunkSettings trunk() {
        return new TrunkSettings(TRUNK, Integer.MAX_VALUE, 0, 1e7, 1, null);
    }

    public CampaignSettings campaign(CampaignId id, DialMode mode, double linesPerAgent, long wrapUpMillis) {
        return campaign(
                id, new PacingSettings(mode, linesPerAgent, Integer.MAX_VALUE), rules, AgentTerms.wrapUp(wrapUpMillis));
    }

    public CampaignSettings campaign(CampaignId id, PacingSettings pacing, RuleBook book, AgentTerms agents) {
        return campaign(id, pacing, book, agents, Long.MAX_VALUE);
    }

    /** Returns the same campaign, dialling until then and no longer. */
    public CampaignSettings campaign(
            CampaignId id, PacingSettings pacing, RuleBook book, AgentTerms agents, long untilEpochMillis) {
        return new CampaignSettings(
                id,
                new CampaignApproval(CampaignApproval.ApprovalState.RUNNING, 0, untilEpochMillis),
                book,
                new RetryPlan(3, Map.of(Outcome.BUSY, 600_000L, Outcome.NO_ANSWER, 3_600_000L)),
                pacing,
                Budget.unlimited("campaign:" + id),
                CallerIdPlan.fixed(CALLER_ID),
                List.of(TRUNK),
                RING_LIMIT_MILLIS,
                agents,
                CallTerms.FREE,
                AgentDemands.NONE,
                RecordingDirective.NEVER,
                null,
                null,
                null);
    }

    /** Returns the next leads; no number comes twice within eight million. */
    public List<Lead> leads(CampaignId campaign, int count) {
        return leads(campaign, count, () -> LeadTraits.NONE);
    }

    /** Returns the next leads, with traits. */
    public List<Lead> leads(CampaignId campaign, int count, Supplier<LeadTraits> traits) {
        List<Lead> next = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long number = FIRST_NUMBER + leads % NUMBERS;
            leads++;
            next.add(new Lead(
                    new LeadId(leads),
                    campaign,
                    new PhoneNumber(number, "US", NumberKind.FIXED_LINE_OR_MOBILE, zones),
                    0,
                    traits.get(),
                    new AttemptHistory()));
        }
        return next;
    }

    public static AgentId agent(int index) {
        return new AgentId("agent" + index);
    }
}
