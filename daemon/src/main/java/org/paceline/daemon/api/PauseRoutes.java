package org.paceline.daemon.api;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.access.Caller;
import org.paceline.daemon.api.access.Tokens;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.daemon.api.http.Body;
import org.paceline.daemon.donotcall.DoNotCallDesk;
import org.paceline.daemon.pauses.CampaignPauses;
import org.paceline.dialer.campaign.CampaignPause;
import org.paceline.dialer.id.CampaignId;

/** {@code /api/campaigns/{id}/pause} and {@code /resume}: a supervisor stops and starts a campaign's dialling. Thread: any. */
final class PauseRoutes {
    record Asked(String reason) {
        Asked {
            Body.required("reason", reason, "complaints about the list");
            Body.atMost("reason", reason, DoNotCallDesk.LONGEST_REASON);
        }
    }

    private final Campaigns campaigns;
    private final CampaignPauses pauses;
    private final Tokens tokens;

    PauseRoutes(Campaigns campaigns, CampaignPauses pauses, Tokens tokens) {
        this.campaigns = campaigns;
        this.pauses = pauses;
        this.tokens = tokens;
    }

    void addTo(Routes routes) {
        routes.post("/api/campaigns/{id}/pause", this::pause);
        routes.post("/api/campaigns/{id}/resume", this::resume);
    }

    private void pause(Context request) {
        Caller caller = supervisor(request);
        CampaignId campaign = campaigns.named(request.pathParam("id")).id();
        String reason = reason(request);
        answer(request, campaign, pauses.pause(campaign, caller.source(), reason));
    }

    private void resume(Context request) {
        Caller caller = supervisor(request);
        CampaignId campaign = campaigns.named(request.pathParam("id")).id();
        String reason = reason(request);
        if (pauses.resume(campaign, caller.source(), reason) == null) {
            throw ApiProblem.refused("campaign '" + campaign + "' is not paused");
        }
        answer(request, campaign, null);
    }

    private Caller supervisor(Context request) {
        Caller caller = tokens.caller(request);
        caller.mustSupervise();
        return caller;
    }

    private static String reason(Context request) {
        return Body.of(request, Asked.class).reason;
    }

    private static void answer(Context request, CampaignId campaign, @Nullable CampaignPause pause) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("campaign", campaign.value());
        answer.put("paused", PauseView.of(pause));
        request.json(answer);
    }
}
