package org.paceline.daemon.api;

import io.javalin.http.Context;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.daemon.config.watch.CampaignFile;
import org.paceline.daemon.leads.CallbackFigures;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.trunk.CallerIdHealth;

/** {@code /api/campaigns}, {@code /api/trunks}, {@code /api/caller-ids}, {@code /api/do-not-call}. */
final class FloorRoutes {
    private static final Pattern PAGE = Pattern.compile("(\\d{1,19})-(\\d{1,19})");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    record OptOut(
            String number,
            @Nullable String campaign,
            @Nullable String reason) {
        OptOut {
            Body.required("number", number, "+13055550123");
            Body.atMost("reason", reason, Floor.LONGEST_REASON);
        }
    }

    private final Floor floor;
    private final Supplier<List<CampaignFile>> files;
    private final @Nullable String currency;
    private final Supplier<Map<String, CallbackFigures>> callbacks;
    private final Tokens tokens;

    /**
     * @param currency of budgets, or null where nothing has a price
     * @param callbacks of each campaign, as last counted
     */
    FloorRoutes(
            Floor floor,
            Supplier<List<CampaignFile>> files,
            @Nullable String currency,
            Supplier<Map<String, CallbackFigures>> callbacks,
            Tokens tokens) {
        this.callbacks = callbacks;
        this.floor = floor;
        this.files = files;
        this.currency = currency;
        this.tokens = tokens;
    }

    void addTo(Routes routes) {
        routes.get("/api/campaigns", this::campaigns);
        routes.get(
                "/api/campaigns/{id}",
                request -> request.json(Views.campaign(campaignOf(request), files.get(), callbacks.get(), currency)));
        routes.get("/api/campaigns/{id}/refusals", this::refusals, "limit", "before");
        routes.get("/api/campaigns/{id}/script", this::script);
        routes.get("/api/campaigns/{id}/pacing", request -> request.json(Views.pacing(campaignOf(request))));
        routes.get("/api/trunks", this::trunks);
        routes.get("/api/caller-ids", this::callerIds);
        routes.get("/api/config", this::config);
        routes.post("/api/do-not-call", this::doNotCall);
        routes.get("/api/do-not-call/{number}", this::doNotCallEntries);
        routes.delete("/api/do-not-call/{number}", this::optIn, "reason", "kind", "campaign");
    }

    private void campaigns(Context request) {
        tokens.caller(request).mustSupervise();
        List<CampaignFile> current = files.get();
        Map<String, CallbackFigures> promised = callbacks.get();
        request.json(floor.snapshot().campaigns().stream()
                .map(campaign -> Views.campaign(campaign, current, promised, currency))
                .toList());
    }

    private Snapshot.Campaign campaignOf(Context request) {
        tokens.caller(request).mustSupervise();
        return campaign(request.pathParam("id"));
    }

    private Snapshot.Campaign campaign(String name) {
        List<Snapshot.Campaign> campaigns = floor.snapshot().campaigns();
        return campaigns.stream()
                .filter(campaign -> campaign.id().value().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiProblem.notFound("no campaign '" + name + "': must be one of "
                        + campaigns.stream().map(Snapshot.Campaign::id).toList()));
    }

    /** Any agent may read what agents read from. */
    private void script(Context request) {
        tokens.caller(request);
        CampaignId campaign = campaign(request.pathParam("id")).id();
        ScriptFile script = floor.script(campaign);
        if (script == null) {
            throw ApiProblem.notFound("campaign '" + campaign + "' has no script");
        }
        request.json(Views.script(campaign, script));
    }

    private void refusals(Context request) {
        Snapshot.Campaign campaign = campaignOf(request);
        Matcher before = PAGE.matcher(Queries.parameter(request, "before", Long.MAX_VALUE + "-" + Long.MAX_VALUE));
        int limit = Queries.limit(request);
        if (!before.matches()) {
            throw ApiProblem.badRequest("'before' must be the 'next' of the page before");
        }
        try {
            request.json(Views.refusals(
                    campaign,
                    floor.refusedLeadsByRule(campaign.id()),
                    floor.refusals(
                            campaign.id(), Long.parseLong(before.group(1)), Long.parseLong(before.group(2)), limit),
                    limit));
        } catch (NumberFormatException e) {
            throw ApiProblem.badRequest("'before' must be the 'next' of the page before");
        } catch (Floor.UnavailableException e) {
            throw ApiProblem.unclear(String.valueOf(e.getMessage()));
        }
    }

    private void trunks(Context request) {
        tokens.caller(request).mustSupervise();
        request.json(floor.snapshot().trunks().stream().map(Views::trunk).toList());
    }

    /** The most blocked first. */
    private void callerIds(Context request) {
        tokens.caller(request).mustSupervise();
        request.json(floor.snapshot().callerIds().stream()
                .sorted(Comparator.comparingDouble(CallerIdHealth::blockedRatio)
                        .reversed()
                        .thenComparingLong(CallerIdHealth::callerId))
                .map(Views::callerId)
                .toList());
    }

    /** Every campaign file with what is wrong with it, those included that never came in force. */
    private void config(Context request) {
        tokens.caller(request).mustSupervise();
        request.json(files.get().stream().map(Views::file).toList());
    }

    private void doNotCall(Context request) {
        Caller caller = tokens.caller(request);
        OptOut asked = Body.of(request, OptOut.class);
        CampaignId campaign =
                asked.campaign == null ? null : campaign(asked.campaign).id();
        try {
            String masked = floor.optOut(asked.number, campaign, caller.source(), asked.reason);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("number", masked);
            answer.put("campaign", campaign == null ? "all" : campaign.value());
            request.status(201).json(answer);
        } catch (IllegalArgumentException e) {
            throw ApiProblem.badRequest("'number': " + e.getMessage());
        } catch (Floor.UnavailableException e) {
            throw ApiProblem.unclear(String.valueOf(e.getMessage()));
        }
    }

    private void doNotCallEntries(Context request) {
        tokens.caller(request).mustSupervise();
        try {
            request.json(Views.doNotCall(floor.doNotCall(request.pathParam("number"))));
        } catch (IllegalArgumentException e) {
            throw ApiProblem.badRequest("number: " + e.getMessage());
        } catch (Floor.UnavailableException e) {
            throw ApiProblem.unclear(String.valueOf(e.getMessage()));
        }
    }

    private void optIn(Context request) {
        Caller caller = tokens.caller(request);
        caller.mustSupervise();
        String reason = Queries.parameter(request, "reason", "").strip();
        if (reason.isEmpty()
                || reason.length() > Floor.LONGEST_REASON
                || CONTROL.matcher(reason).find()) {
            throw ApiProblem.badRequest(
                    "'reason' must say why, in one line of at most " + Floor.LONGEST_REASON + " characters: ?reason=…");
        }
        String kind = Queries.parameter(request, "kind", "request");
        boolean complaint = kind.equals("complaint");
        if (!complaint && !kind.equals("request")) {
            throw ApiProblem.badRequest("'kind' must be request or complaint");
        }
        String name = request.queryParam("campaign");
        CampaignId campaign = name == null ? null : campaign(name).id();
        try {
            List<Floor.DoNotCall> removed =
                    floor.optIn(request.pathParam("number"), campaign, complaint, caller.source(), reason);
            if (removed.isEmpty()) {
                throw ApiProblem.notFound("the number has no such entry of kind " + kind);
            }
            request.json(Views.doNotCall(removed));
        } catch (IllegalArgumentException e) {
            throw ApiProblem.badRequest("number: " + e.getMessage());
        } catch (Floor.UnavailableException e) {
            throw ApiProblem.unclear(String.valueOf(e.getMessage()));
        }
    }
}
