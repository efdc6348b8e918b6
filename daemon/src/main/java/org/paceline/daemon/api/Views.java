package org.paceline.daemon.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.agents.AgentSession;
import org.paceline.daemon.agents.QualificationWord;
import org.paceline.daemon.config.AgentConfig;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.daemon.config.watch.CampaignFile;
import org.paceline.daemon.leads.CallbackFigures;
import org.paceline.daemon.leads.RefusedLead;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.campaign.CampaignPause;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.pacing.PacingState;
import org.paceline.dialer.trunk.CallerIdHealth;
import org.paceline.rules.Money;
import org.paceline.rules.RuleId;
import org.paceline.rules.ScriptState;
import org.paceline.rules.Verdict;
import org.paceline.yaml.ConfigProblem;
import org.paceline.yaml.ScalarType;

/** The API's answers, made from snapshots. Times are ISO-8601 in UTC, null where they never were. */
final class Views {

    private Views() {}

    /** @param note what was not done as asked, left out where there is none */
    record Done(
            String agent,
            String state,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String note) {}

    /** @param seconds how long it lasted, null while it does */
    record Session(
            String signedInAt,
            @Nullable String signedOutAt,
            @Nullable Long seconds,
            @Nullable String reason,
            List<String> campaigns,
            String node) {}

    /** @param until the last day, null for no end */
    record Qualification(String campaign, @Nullable String until, String by, String at) {}

    record Agent(
            String id,
            @Nullable String team,
            String state,
            @Nullable String reason,
            @Nullable String since,
            List<String> campaigns,
            Map<String, String> notServed,
            @Nullable String call,
            @Nullable String lastCall,
            long callsTaken,
            int attemptsToday,
            int callsToday,
            long talkSecondsToday,
            long breakSecondsToday,
            Map<String, Long> secondsSpent,
            @Nullable String overLimit,
            Map<String, Long> limitsPassed) {}

    record Campaign(
            String id,
            boolean dialling,
            @Nullable String idleReason,
            @Nullable String idleUntil,
            List<Idle> idleReasons,
            @Nullable Pause paused,
            String mode,
            double linesPerAgent,
            int agentsSignedIn,
            int agentsReady,
            Lines lines,
            Leads leads,
            long attempts,
            long answered,
            long abandoned,
            List<Abandonment> abandonment,
            @Nullable Budget budget,
            Map<String, Long> outcomes,
            Map<String, Long> notSent,
            Map<String, Long> refusals,
            Callbacks callbacks,
            @Nullable File file) {}

    /**
     * One of the reasons why nothing is dialled.
     *
     * @param code stable, for machines
     * @param until null where it is not known, or only a change ends it
     */
    record Idle(String code, String text, @Nullable String until) {}

    /** A supervisor's word that the campaign is to place no calls. */
    record Pause(String by, String since, String reason) {}

    /**
     * Promised calls that were due in the last 30 days or are yet to come, over all nodes.
     *
     * @param onTimePercent null while none is judged
     */
    record Callbacks(
            long open,
            long overdue,
            long done,
            long onTime,
            long missed,
            @Nullable Double onTimePercent) {}

    /** In the window of the terms, over all nodes and runs. */
    record Abandonment(String source, long answered, long abandoned, double percent, double limitPercent, long left) {}

    /**
     * Of the running month, over all nodes and runs, in the currency.
     *
     * @param month 2026-11
     * @param limit null where there is none, as is {@code left}
     */
    record Budget(
            String holder,
            String month,
            @Nullable BigDecimal limit,
            BigDecimal spent,
            BigDecimal reserved,
            @Nullable BigDecimal left,
            @Nullable String currency) {}

    record Lines(int ringing, int waiting, int connected) {}

    /** Leads that this node holds; the list itself is in the database. */
    record Leads(int ready, int waiting) {}

    record File(String path, boolean valid, List<String> problems) {}

    record Refusals(
            String campaign,
            @Nullable String idleReason,
            @Nullable String idleUntil,
            Map<String, Long> byRule,
            Map<String, Long> leadsByRule,
            List<Refusal> last,
            @Nullable String next) {}

    /** @param retryAt null where the lead is refused for good */
    record Refusal(
            String lead,
            String number,
            String rule,
            String reason,
            String citation,
            @Nullable String refusedAt,
            @Nullable String retryAt) {}

    record Trunk(
            String id,
            boolean up,
            String state,
            @Nullable String reason,
            int channels,
            int reservedChannels,
            int channelsInUse,
            @Nullable String blockedUntil) {}

    /** A caller ID is the company's own number, and shown whole. */
    record CallerId(
            String callerId,
            long attempts,
            long answered,
            long blocked,
            @Nullable String lastBlockedAt,
            double blockedRatio) {}

    static Agent agent(Snapshot.Agent agent, @Nullable String team) {
        return new Agent(
                agent.id().value(),
                team,
                agent.state().name(),
                agent.reason(),
                time(agent.sinceEpochMillis()),
                agent.campaigns().stream().map(CampaignId::value).sorted().toList(),
                agent.leftOut().entrySet().stream()
                        .collect(Collectors.toMap(
                                out -> out.getKey().value(), Map.Entry::getValue, (a, b) -> a, TreeMap::new)),
                agent.call() == null ? null : agent.call().toString(),
                agent.lastCall() == null ? null : agent.lastCall().toString(),
                agent.callsTaken(),
                agent.today().attempts(),
                agent.today().calls(),
                agent.today().talkMillis() / 1000,
                agent.breakMillisToday() / 1000,
                agent.spent().asMillis().entrySet().stream()
                        .collect(Collectors.toMap(
                                spent -> spent.getKey().name(),
                                spent -> spent.getValue() / 1000,
                                (a, b) -> a,
                                TreeMap::new)),
                agent.over() == null ? null : ScalarType.written(agent.over()),
                agent.limitsPassed().entrySet().stream()
                        .collect(Collectors.toMap(
                                passed -> ScalarType.written(passed.getKey()),
                                Map.Entry::getValue,
                                Long::sum,
                                TreeMap::new)));
    }

    static Agent signedOut(AgentConfig agent) {
        return new Agent(
                agent.id().value(),
                agent.team(),
                AgentState.SIGNED_OUT.name(),
                null,
                null,
                List.of(),
                Map.of(),
                null,
                null,
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                null,
                Map.of());
    }

    static Session session(AgentSession session) {
        long end = session.signedOutAtEpochMillis();
        return new Session(
                Instant.ofEpochMilli(session.signedInAtEpochMillis()).toString(),
                time(end),
                end == 0 ? null : (end - session.signedInAtEpochMillis()) / 1000,
                session.reason(),
                session.campaigns(),
                session.node());
    }

    static Qualification qualification(QualificationWord word) {
        long lastDay = word.qualification().lastDay();
        return new Qualification(
                word.qualification().campaign().value(),
                lastDay == org.paceline.dialer.agent.Qualification.NO_END
                        ? null
                        : LocalDate.ofEpochDay(lastDay).toString(),
                word.by(),
                Instant.ofEpochMilli(word.atEpochMillis()).toString());
    }

    record Pacing(
            String campaign,
            String mode,
            boolean dialling,
            @Nullable String idleReason,
            List<Idle> idleReasons,
            @Nullable PacingState state) {}

    /** @param currency of budgets, or null where nothing has a price */
    static Campaign campaign(
            Snapshot.Campaign campaign,
            List<CampaignFile> files,
            Map<String, CallbackFigures> callbacks,
            @Nullable String currency) {
        return new Campaign(
                campaign.id().value(),
                campaign.dialling(),
                campaign.idleReason(),
                time(campaign.idleUntilEpochMillis()),
                idle(campaign),
                pause(campaign.pause()),
                campaign.dialMode().toLowerCase(Locale.ROOT),
                campaign.linesPerAgent(),
                campaign.agentsSignedIn(),
                campaign.agentsReady(),
                new Lines(campaign.ringing(), campaign.waiting(), campaign.connected()),
                new Leads(campaign.readyLeads(), campaign.waitingLeads()),
                campaign.attempts(),
                campaign.answered(),
                campaign.abandoned(),
                campaign.abandonments().stream().map(Views::abandonment).toList(),
                budget(campaign.budget(), currency),
                byName(campaign.outcomes()),
                byName(campaign.notSent()),
                byText(campaign.refusals()),
                callbacks(callbacks.getOrDefault(campaign.id().value(), CallbackFigures.NONE)),
                fileOf(campaign.id(), files));
    }

    private static List<Idle> idle(Snapshot.Campaign campaign) {
        return campaign.idleReasons().stream()
                .map(reason -> new Idle(reason.code(), reason.text(), time(reason.untilEpochMillis())))
                .toList();
    }

    static @Nullable Pause pause(@Nullable CampaignPause pause) {
        return pause == null
                ? null
                : new Pause(
                        pause.by(),
                        Instant.ofEpochMilli(pause.sinceEpochMillis()).toString(),
                        pause.reason());
    }

    private static Map<String, Long> byName(Map<? extends Enum<?>, Long> counts) {
        Map<String, Long> named = new TreeMap<>();
        counts.forEach((key, count) -> named.put(key.name(), count));
        return named;
    }

    static Pacing pacing(Snapshot.Campaign campaign) {
        return new Pacing(
                campaign.id().value(),
                campaign.dialMode().toLowerCase(Locale.ROOT),
                campaign.dialling(),
                campaign.idleReason(),
                idle(campaign),
                campaign.pacing());
    }

    private static Callbacks callbacks(CallbackFigures figures) {
        return new Callbacks(
                figures.open(),
                figures.overdue(),
                figures.done(),
                figures.onTime(),
                figures.missed(),
                figures.judged() == 0 ? null : percent(figures.onTimeRatio()));
    }

    private static Abandonment abandonment(Snapshot.Abandonment terms) {
        return new Abandonment(
                terms.source(),
                terms.answered(),
                terms.abandoned(),
                percent(terms.ratio()),
                percent(terms.limitRatio()),
                terms.left());
    }

    private static @Nullable Budget budget(Snapshot.@Nullable Budget budget, @Nullable String currency) {
        if (budget == null) {
            return null;
        }
        boolean isLimited = budget.limitMicros() != org.paceline.rules.Budget.NO_LIMIT;
        return new Budget(
                budget.holder(),
                String.format(Locale.ROOT, "%d-%02d", budget.month() / 100, budget.month() % 100),
                isLimited ? Money.decimal(budget.limitMicros()) : null,
                Money.decimal(budget.spentMicros()),
                Money.decimal(budget.reservedMicros()),
                isLimited ? Money.decimal(budget.limitMicros() - budget.spentMicros() - budget.reservedMicros()) : null,
                currency);
    }

    private static double percent(double ratio) {
        return Math.round(ratio * 10_000) / 100.0;
    }

    private static Map<String, Long> byText(Map<RuleId, Long> counts) {
        Map<String, Long> texts = new TreeMap<>();
        counts.forEach((rule, count) -> texts.put(rule.text(), count));
        return texts;
    }

    /** @param most the page's size: a full page may have a next one */
    static Refusals refusals(
            Snapshot.Campaign campaign, Map<String, Long> leadsByRule, List<RefusedLead> last, int most) {
        return new Refusals(
                campaign.id().value(),
                campaign.idleReason(),
                time(campaign.idleUntilEpochMillis()),
                byText(campaign.refusals()),
                leadsByRule,
                last.stream().map(Views::refusal).toList(),
                last.size() < most
                        ? null
                        : last.getLast().refusal().atEpochMillis() + "-"
                                + last.getLast().lead());
    }

    private static Refusal refusal(RefusedLead refused) {
        Verdict.Refused verdict = refused.refusal().verdict();
        return new Refusal(
                Long.toString(refused.lead()),
                refused.number(),
                verdict.rule().text(),
                verdict.reason(),
                verdict.citation(),
                time(refused.refusal().atEpochMillis()),
                time(verdict.retryAtEpochMillis()));
    }

    /** @param approved whether the text is the approved one */
    record Script(String campaign, String version, boolean approved, String sha256, String text) {}

    static Script script(CampaignId campaign, ScriptFile script) {
        return new Script(
                campaign.value(),
                script.version(),
                script.state() == ScriptState.APPROVED,
                script.sha256(),
                script.text());
    }

    static Trunk trunk(Snapshot.Trunk trunk) {
        return new Trunk(
                trunk.id().value(),
                trunk.up(),
                trunk.state().name(),
                trunk.reason(),
                trunk.channels(),
                trunk.reservedChannels(),
                trunk.channelsInUse(),
                time(trunk.blockedUntilEpochMillis()));
    }

    static CallerId callerId(CallerIdHealth health) {
        return new CallerId(
                "+" + health.callerId(),
                health.attempts(),
                health.answered(),
                health.blocked(),
                time(health.lastBlockedAtEpochMillis()),
                Math.round(health.blockedRatio() * 10_000) / 10_000.0);
    }

    static File file(CampaignFile file) {
        return new File(
                file.file().toString(),
                file.valid(),
                file.problems().stream().map(ConfigProblem::toString).toList());
    }

    private static @Nullable File fileOf(CampaignId campaign, List<CampaignFile> files) {
        return files.stream()
                .filter(file -> campaign.equals(file.inForce()))
                .findFirst()
                .map(Views::file)
                .orElse(null);
    }

    private static @Nullable String time(long epochMillis) {
        return epochMillis == 0 || epochMillis == Long.MAX_VALUE
                ? null
                : Instant.ofEpochMilli(epochMillis).toString();
    }

    record DoNotCall(
            @Nullable String campaign,
            String kind,
            String source,
            String enteredAt,
            @Nullable String until) {}

    static List<DoNotCall> doNotCall(List<Floor.DoNotCall> entries) {
        return entries.stream()
                .map(entry -> new DoNotCall(
                        entry.campaign(),
                        ScalarType.written(entry.kind()),
                        entry.source(),
                        Instant.ofEpochMilli(entry.enteredAtEpochMillis()).toString(),
                        entry.untilEpochMillis() == Long.MAX_VALUE
                                ? null
                                : Instant.ofEpochMilli(entry.untilEpochMillis()).toString()))
                .toList();
    }
}
