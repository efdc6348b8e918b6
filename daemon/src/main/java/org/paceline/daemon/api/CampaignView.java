package org.paceline.daemon.api;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.http.Moments;
import org.paceline.daemon.config.watch.CampaignFile;
import org.paceline.daemon.leads.CallbackFigures;
import org.paceline.dialer.campaign.CampaignPause;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.CampaignId;
import org.paceline.rules.Money;
import org.paceline.rules.RuleId;

/** The view of a campaign. */
record CampaignView(
        String id,
        boolean dialling,
        @Nullable String idleReason,
        @Nullable String idleUntil,
        List<IdleView> idleReasons,
        @Nullable PauseView paused,
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
        @Nullable FileView file) {

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

    /** Abandoned calls in the window of the terms, over all nodes and runs. */
    record Abandonment(String source, long answered, long abandoned, double percent, double limitPercent, long left) {}

    /**
     * The budget of the running month, over all nodes and runs, in the currency.
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

    /** @param planned being stored, and not sent yet */
    record Lines(int planned, int ringing, int waiting, int connected) {}

    /** Leads that this node holds; the list itself is in the database. */
    record Leads(int ready, int waiting) {}

    /**
     * @param pause the pause in force, or null
     * @param currency the currency of budgets, or null where nothing has a price
     */
    static CampaignView of(
            Snapshot.CampaignStatus campaign,
            @Nullable CampaignPause pause,
            List<CampaignFile> files,
            Map<String, CallbackFigures> callbacks,
            @Nullable String currency) {
        return new CampaignView(
                campaign.id().value(),
                campaign.dialling(),
                campaign.idleReason(),
                Moments.shown(campaign.idleUntilEpochMillis()),
                IdleView.of(campaign),
                PauseView.of(pause),
                campaign.dialMode().toLowerCase(Locale.ROOT),
                campaign.linesPerAgent(),
                campaign.agentsSignedIn(),
                campaign.agentsReady(),
                new Lines(campaign.planned(), campaign.ringing(), campaign.waiting(), campaign.connected()),
                new Leads(campaign.readyLeads(), campaign.waitingLeads()),
                campaign.attempts(),
                campaign.answered(),
                campaign.abandoned(),
                campaign.abandonments().stream().map(CampaignView::abandonment).toList(),
                budget(campaign.budget(), currency),
                byName(campaign.outcomes()),
                byName(campaign.notSent()),
                byText(campaign.refusals()),
                callbacks(callbacks.getOrDefault(campaign.id().value(), CallbackFigures.NONE)),
                fileOf(campaign.id(), files));
    }

    private static Map<String, Long> byName(Map<? extends Enum<?>, Long> counts) {
        Map<String, Long> named = new TreeMap<>();
        counts.forEach((key, count) -> named.put(key.name(), count));
        return named;
    }

    static Map<String, Long> byText(Map<RuleId, Long> counts) {
        Map<String, Long> texts = new TreeMap<>();
        counts.forEach((rule, count) -> texts.put(rule.text(), count));
        return texts;
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

    private static @Nullable FileView fileOf(CampaignId campaign, List<CampaignFile> files) {
        return files.stream()
                .filter(file -> campaign.equals(file.inForce()))
                .findFirst()
                .map(FileView::of)
                .orElse(null);
    }
}
