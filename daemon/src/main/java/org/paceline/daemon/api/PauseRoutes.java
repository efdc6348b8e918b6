package org.paceline.daemon.api;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.pauses.CampaignPauses;
import org.paceline.dialer.campaign.CampaignPause;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.CampaignId;

/** {@code /api/campaigns/{id}/pause} and {@code /resume}: a supervisor stops and starts a campaign's dialling. Thread: any. */
final class PauseRoutes {
    record Asked(String reason) {
        Asked {
            Body.required("reason", reason, "complaints about the list");
            Body.atMost("reason", reason, Floor.LONGEST_REASON);
        }
    }

    private final Floor floor;
    private final CampaignPauses pauses;
    private final Tokens tokens;

    PauseRoutes(Floor floor, CampaignPauses pauses, Tokens tokens) {
        this.floor = floor;
        this.pauses = pauses;
        this.tokens = tokens;
    }

    void addTo(Routes routes) {
        routes.post("/api/campaigns/{id}/pause", this::pause);
        routes.post("/api/campaigns/{id}/resume", this::resume);
    }

    private void pause(Context request) {
        Caller caller = supervisor(request);
        CampaignId campaign = campaign(request.pathParam("id"));
        String reason = reason(request);
        answer(request, campaign, Queries.answered(() -> pauses.pause(campaign, caller.source(), reason)));
    }

    private void resume(Context request) {
        Caller caller = supervisor(request);
        CampaignId campaign = campaign(request.pathParam("id"));
        String reason = reason(request);
        if (Queries.answeredOrNull(() -> pauses.resume(campaign, caller.source(), reason)) == null) {
            throw ApiProblem.refused("campaign '" + campaign + "' is not paused");
        }
        answer(request, campaign, null);
    }

    private Caller supervisor(Context request) {
        Caller caller = tokens.caller(request);
        caller.mustSupervise();
        return caller;
    }

    private CampaignId campaign(String name) {
        return floor.snapshot().campaigns().stream()
                .map(Snapshot.Campaign::id)
                .filter(id -> id.value().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiProblem.notFound("no campaign '" + name + "': must be one of "
                        + floor.snapshot().campaigns().stream()
                                .map(Snapshot.Campaign::id)
                                .toList()));
    }

    private static String reason(Context request) {
        return Body.of(request, Asked.class).reason;
    }

    private static void answer(Context request, CampaignId campaign, @Nullable CampaignPause pause) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("campaign", campaign.value());
        answer.put("paused", Views.pause(pause));
        request.json(answer);
    }
}
