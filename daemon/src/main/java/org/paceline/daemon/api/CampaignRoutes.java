package org.paceline.daemon.api;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.access.Tokens;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.daemon.api.http.Moments;
import org.paceline.daemon.api.http.Queries;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.daemon.config.watch.CampaignFile;
import org.paceline.daemon.leads.CallbackFigures;
import org.paceline.daemon.leads.RefusalDesk;
import org.paceline.daemon.leads.RefusedLead;
import org.paceline.dialer.campaign.CampaignPause;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.pacing.PacingState;
import org.paceline.rules.ScriptState;

/**
 * {@code /api/campaigns}: the state of each campaign, the refusals of its leads, its script, its pacing; {@code
 * /api/config}: the campaign files.
 */
final class CampaignRoutes {
    private static final Pattern PAGE = Pattern.compile("(\\d{1,19})-(\\d{1,19})");

    private final EnginePort engine;
    private final Campaigns campaigns;
    private final RefusalDesk refusals;
    private final Figures figures;
    private final Tokens tokens;

    /**
     * The figures that are shown besides the engine's own.
     *
     * @param files the campaign files in their current state
     * @param callbacks the figures of each campaign, as last counted
     * @param pauses the pauses in force, which the engine's own view shows a moment later
     * @param currency the currency of budgets, or null where nothing has a price
     */
    record Figures(
            Supplier<List<CampaignFile>> files,
            Supplier<Map<String, CallbackFigures>> callbacks,
            Supplier<Map<CampaignId, CampaignPause>> pauses,
            Supplier<@Nullable String> currency) {}

    CampaignRoutes(EnginePort engine, RefusalDesk refusals, Figures figures, Tokens tokens) {
        this.engine = engine;
        this.campaigns = new Campaigns(engine);
        this.refusals = refusals;
        this.figures = figures;
        this.tokens = tokens;
    }

    void addTo(Routes routes) {
        routes.get("/api/campaigns", this::list);
        routes.get("/api/campaigns/{id}", this::show);
        routes.get("/api/campaigns/{id}/refusals", this::refusals, "limit", "before");
        routes.get("/api/campaigns/{id}/script", this::script);
        routes.get("/api/campaigns/{id}/pacing", request -> request.json(Pacing.of(campaignOf(request))));
        routes.get("/api/config", this::config);
    }

    private record Pacing(
            String campaign,
            String mode,
            boolean dialling,
            @Nullable String idleReason,
            List<IdleView> idleReasons,
            @Nullable PacingState state) {

        static Pacing of(Snapshot.CampaignStatus campaign) {
            return new Pacing(
                    campaign.id().value(),
                    campaign.dialMode().toLowerCase(Locale.ROOT),
                    campaign.dialling(),
                    campaign.idleReason(),
                    IdleView.of(campaign),
                    campaign.pacing());
        }
    }

    private record Refusals(
            String campaign,
            @Nullable String idleReason,
            @Nullable String idleUntil,
            Map<String, Long> byRule,
            Map<String, Long> leadsByRule,
            List<Refusal> last,
            @Nullable String next) {}

    /** @param retryAt null where the lead is refused for good */
    private record Refusal(
            String lead,
            String number,
            String rule,
            String reason,
            String citation,
            @Nullable String refusedAt,
            @Nullable String retryAt) {

        static Refusal of(RefusedLead refused) {
            return new Refusal(
                    Long.toString(refused.lead()),
                    refused.number(),
                    refused.rule(),
                    refused.reason(),
                    refused.citation(),
                    Moments.shown(refused.refusedAtEpochMillis()),
                    Moments.shown(refused.retryAtEpochMillis()));
        }
    }

    /** @param approved whether the text is the approved one */
    private record Script(String campaign, String version, boolean approved, String sha256, String text) {

        static Script of(CampaignId campaign, ScriptFile script) {
            return new Script(
                    campaign.value(),
                    script.version(),
                    script.state() == ScriptState.APPROVED,
                    script.sha256(),
                    script.text());
        }
    }

    private void list(Context request) {
        tokens.caller(request).mustSupervise();
        List<CampaignFile> files = figures.files.get();
        Map<String, CallbackFigures> callbacks = figures.callbacks.get();
        Map<CampaignId, CampaignPause> pauses = figures.pauses.get();
        request.json(engine.campaigns().stream()
                .map(campaign ->
                        CampaignView.of(campaign, pauses.get(campaign.id()), files, callbacks, figures.currency.get()))
                .toList());
    }

    private void show(Context request) {
        Snapshot.CampaignStatus campaign = campaignOf(request);
        request.json(CampaignView.of(
                campaign,
                figures.pauses.get().get(campaign.id()),
                figures.files.get(),
                figures.callbacks.get(),
                figures.currency.get()));
    }

    private Snapshot.CampaignStatus campaignOf(Context request) {
        tokens.caller(request).mustSupervise();
        return campaigns.named(request.pathParam("id"));
    }

    /** Shows a script; any agent may read it. */
    private void script(Context request) {
        tokens.caller(request);
        CampaignId campaign = campaigns.named(request.pathParam("id")).id();
        ScriptFile script = engine.script(campaign);
        if (script == null) {
            throw ApiProblem.notFound("campaign '" + campaign + "' has no script");
        }
        request.json(Script.of(campaign, script));
    }

    private void refusals(Context request) {
        Snapshot.CampaignStatus campaign = campaignOf(request);
        Matcher before = PAGE.matcher(Queries.parameter(request, "before", Long.MAX_VALUE + "-" + Long.MAX_VALUE));
        int most = Queries.limit(request);
        if (!before.matches()) {
            throw Queries.noPage();
        }
        request.json(refusals(campaign, number(before, 1), number(before, 2), most));
    }

    /** Reads a number of a page; one of nineteen digits may be too large for any page. */
    private static long number(Matcher page, int group) {
        try {
            return Long.parseLong(page.group(group));
        } catch (NumberFormatException _) {
            throw Queries.noPage();
        }
    }

    /** @param most the page's size: a full page may have a next one */
    private Refusals refusals(Snapshot.CampaignStatus campaign, long beforeEpochMillis, long beforeLead, int most) {
        Map<String, Long> leadsByRule = refusals.byRule(campaign.id());
        List<RefusedLead> last = refusals.last(campaign.id(), beforeEpochMillis, beforeLead, most);
        return new Refusals(
                campaign.id().value(),
                campaign.idleReason(),
                Moments.shown(campaign.idleUntilEpochMillis()),
                CampaignView.byText(campaign.refusals()),
                leadsByRule,
                last.stream().map(Refusal::of).toList(),
                last.size() < most
                        ? null
                        : last.getLast().refusedAtEpochMillis() + "-"
                                + last.getLast().lead());
    }

    /** Lists every campaign file with its problems, including those that never came into force. */
    private void config(Context request) {
        tokens.caller(request).mustSupervise();
        request.json(figures.files.get().stream().map(FileView::of).toList());
    }
}
