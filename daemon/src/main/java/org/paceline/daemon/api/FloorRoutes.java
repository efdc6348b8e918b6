package org.paceline.daemon.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.CampaignFile;
import org.paceline.dialer.campaign.CampaignId;
import org.paceline.dialer.engine.Snapshot;

/** {@code /api/campaigns}, {@code /api/trunks}, {@code /api/do-not-call}. */
final class FloorRoutes {
    private final Floor floor;
    private final Supplier<List<CampaignFile>> files;
    private final Tokens tokens;

    FloorRoutes(Floor floor, Supplier<List<CampaignFile>> files, Tokens tokens) {
        this.floor = floor;
        this.files = files;
        this.tokens = tokens;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/campaigns", this::campaigns);
        routes.get("/api/campaigns/{id}", request -> request.json(Views.campaign(campaignOf(request), files.get())));
        routes.get("/api/campaigns/{id}/refusals", request -> request.json(Views.refusals(campaignOf(request))));
        routes.get("/api/trunks", this::trunks);
        routes.get("/api/config", this::config);
        routes.post("/api/do-not-call", this::doNotCall);
    }

    private void campaigns(Context request) {
        tokens.caller(request).mustSupervise();
        List<CampaignFile> current = files.get();
        request.json(floor.snapshot().campaigns().stream()
                .map(campaign -> Views.campaign(campaign, current))
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

    private void trunks(Context request) {
        tokens.caller(request).mustSupervise();
        request.json(floor.snapshot().trunks().stream().map(Views::trunk).toList());
    }

    /** Every campaign file with what is wrong with it, those included that never came in force. */
    private void config(Context request) {
        tokens.caller(request).mustSupervise();
        request.json(files.get().stream().map(Views::file).toList());
    }

    private void doNotCall(Context request) {
        Caller caller = tokens.caller(request);
        JsonBody body = JsonBody.of(request.body(), "number", "campaign", "reason");
        String number = body.requiredText("number", "+13055550123");
        @Nullable String name = body.text("campaign");
        @Nullable String reason = body.text("reason", Floor.LONGEST_REASON);
        CampaignId campaign = name == null ? null : campaign(name).id();
        try {
            String masked = floor.optOut(number, campaign, caller.source(), reason);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("number", masked);
            answer.put("campaign", campaign == null ? "all" : campaign.value());
            request.status(201).json(answer);
        } catch (IllegalArgumentException e) {
            throw ApiProblem.badRequest("'number': " + e.getMessage());
        } catch (Floor.UnavailableException e) {
            throw ApiProblem.busy(String.valueOf(e.getMessage()));
        }
    }
}
