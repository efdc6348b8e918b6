package org.paceline.daemon.metrics;

import java.util.Locale;
import org.paceline.daemon.leads.CallbackFigures;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.pacing.PacingState;
import org.paceline.rules.Budget;
import org.paceline.rules.Money;

/** The figures of campaigns. Thread: one at a time. */
final class CampaignMeters {
    private final Meters meters;

    CampaignMeters(Meters meters) {
        this.meters = meters;
    }

    void campaign(Snapshot.CampaignStatus campaign) {
        String id = campaign.id().value();
        meters.counter("paceline.attempts", "Attempts to reach a number", campaign.attempts(), "campaign", id);
        meters.counter("paceline.answered", "Calls that a person answered", campaign.answered(), "campaign", id);
        meters.counter(
                "paceline.abandoned",
                "Answered calls that no agent took in time",
                campaign.abandoned(),
                "campaign",
                id);
        campaign.abandonments().forEach(terms -> abandonment(terms, id));
        if (campaign.pacing() != null) {
            pacing(campaign.pacing(), id);
        }
        if (campaign.budget() != null) {
            budget(campaign.budget(), id);
        }
        meters.gauge(
                "paceline.dialling",
                "1 while the campaign can place calls",
                campaign.dialling() ? 1 : 0,
                "campaign",
                id);
        meters.gauge(
                "paceline.campaign.paused",
                "1 while a supervisor has paused the campaign",
                campaign.pause() == null ? 0 : 1,
                "campaign",
                id);
        campaign.idleReasons()
                .forEach(reason -> meters.gauge(
                        "paceline.idle",
                        "1 while this keeps the campaign from placing calls",
                        1,
                        "campaign",
                        id,
                        "reason",
                        reason.code()));
        meters.gauge("paceline.lines.per.agent", "The pacing in force", campaign.linesPerAgent(), "campaign", id);
        calls(campaign.planned(), id, "planned");
        calls(campaign.ringing(), id, "ringing");
        calls(campaign.waiting(), id, "waiting");
        calls(campaign.connected(), id, "connected");
        meters.gauge(
                "paceline.leads",
                "Leads that this node holds",
                campaign.readyLeads(),
                "campaign",
                id,
                "state",
                "ready");
        meters.gauge(
                "paceline.leads",
                "Leads that this node holds",
                campaign.waitingLeads(),
                "campaign",
                id,
                "state",
                "waiting");
        campaign.outcomes()
                .forEach((outcome, count) -> meters.counter(
                        "paceline.outcomes",
                        "Attempts that ended, by outcome",
                        count,
                        "campaign",
                        id,
                        "outcome",
                        lower(outcome)));
        campaign.notSent()
                .forEach((why, count) -> meters.counter(
                        "paceline.not.sent",
                        "Planned attempts of which no byte left; they are none",
                        count,
                        "campaign",
                        id,
                        "reason",
                        lower(why)));
        campaign.refusals()
                .forEach((rule, count) -> meters.counter(
                        "paceline.refusals", "Dials that a rule refused", count, "campaign", id, "rule", rule.text()));
    }

    void callbacks(String campaign, CallbackFigures figures) {
        callbacks(campaign, "open", figures.open());
        callbacks(campaign, "overdue", figures.overdue());
        callbacks(campaign, "done", figures.done());
        callbacks(campaign, "on_time", figures.onTime());
        callbacks(campaign, "missed", figures.missed());
        if (figures.judged() > 0) {
            meters.gauge(
                    "paceline.callbacks.on.time.ratio",
                    "Share of callbacks that were kept on time, 0 to 1",
                    figures.onTimeRatio(),
                    "campaign",
                    campaign);
        }
    }

    private void callbacks(String campaign, String state, long count) {
        meters.gauge(
                "paceline.callbacks",
                "Promised calls due in the last 30 days or yet to come",
                (double) count,
                "campaign",
                campaign,
                "state",
                state);
    }

    private void pacing(PacingState state, String id) {
        pacing("free", "Agents free, less customers who wait", state.free(), id);
        pacing("soon.free", "Agents expected to be free within 10 s", state.soonFree(), id);
        pacing("expected.answers", "Answers expected within 10 s", state.expectedAnswers(), id);
        pacing("answer.rate", "Chance of an answer, 0 to 1", state.answerRate(), id);
        pacing("answer.rate.deviation", "Standard deviation of that", state.answerRateDeviation(), id);
        pacing("price", "Risk that one more call may have, 0 to 1", state.price(), id);
        pacing("risk", "Risk of one more call, 0 to 1", state.risk(), id);
        pacing("debt", "Abandoned calls earned by answers, less those there were", state.debt(), id);
    }

    private void pacing(String name, String help, double value, String id) {
        meters.gauge("paceline.pacing." + name, help, value, "campaign", id);
    }

    private void abandonment(Snapshot.Abandonment terms, String campaign) {
        String[] tags = {"campaign", campaign, "source", terms.source()};
        meters.gauge("paceline.abandonment.answered", "Calls in the terms' window", (double) terms.answered(), tags);
        meters.gauge("paceline.abandonment.abandoned", "Of these, abandoned", (double) terms.abandoned(), tags);
        meters.gauge("paceline.abandonment.ratio", "Share of these that were abandoned, 0 to 1", terms.ratio(), tags);
        meters.gauge("paceline.abandonment.limit", "Largest share allowed, 0 to 1", terms.limitRatio(), tags);
        meters.gauge("paceline.abandonment.left", "Calls that may be abandoned now", (double) terms.left(), tags);
    }

    private void budget(Snapshot.Budget budget, String campaign) {
        String[] tags = {"campaign", campaign, "holder", budget.holder()};
        long taken = budget.spentMicros() + budget.reservedMicros();
        meters.gauge("paceline.budget.spent", "Cost of the month's ended calls", money(budget.spentMicros()), tags);
        meters.gauge("paceline.budget.reserved", "Reserved for calls under way", money(budget.reservedMicros()), tags);
        if (budget.limitMicros() != Budget.NO_LIMIT) {
            meters.gauge("paceline.budget.limit", "Most that a month may cost", money(budget.limitMicros()), tags);
            meters.gauge("paceline.budget.left", "What is left of it", money(budget.limitMicros() - taken), tags);
        }
    }

    private static double money(long micros) {
        return Money.decimal(micros).doubleValue();
    }

    private void calls(int count, String campaign, String state) {
        meters.gauge("paceline.calls", "Calls by campaign and state", count, "campaign", campaign, "state", state);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
