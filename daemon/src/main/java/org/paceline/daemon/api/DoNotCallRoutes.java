package org.paceline.daemon.api;

import io.javalin.http.Context;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.access.Caller;
import org.paceline.daemon.api.access.Tokens;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.daemon.api.http.Body;
import org.paceline.daemon.api.http.Failures;
import org.paceline.daemon.api.http.Moments;
import org.paceline.daemon.api.http.Queries;
import org.paceline.daemon.donotcall.DoNotCallDesk;
import org.paceline.daemon.donotcall.DoNotCallEntry;
import org.paceline.dialer.id.CampaignId;
import org.paceline.rules.OptOut;
import org.paceline.yaml.ScalarType;

/** {@code /api/do-not-call}: any agent enters a number; a supervisor sees its entries and takes them out. */
final class DoNotCallRoutes {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final DoNotCallDesk desk;
    private final Campaigns campaigns;
    private final Tokens tokens;

    DoNotCallRoutes(DoNotCallDesk desk, Campaigns campaigns, Tokens tokens) {
        this.desk = desk;
        this.campaigns = campaigns;
        this.tokens = tokens;
    }

    void addTo(Routes routes) {
        routes.post("/api/do-not-call", this::enter);
        routes.get("/api/do-not-call/{number}", this::show);
        routes.delete("/api/do-not-call/{number}", this::takeOut, "reason", "kind", "campaign");
    }

    record Asked(
            String number,
            @Nullable String campaign,
            @Nullable String reason) {
        Asked {
            Body.required("number", number, "+13055550123");
            Body.atMost("reason", reason, DoNotCallDesk.LONGEST_REASON);
        }
    }

    private record Entered(String number, String campaign) {}

    private record Entry(
            @Nullable String campaign,
            String kind,
            String source,
            String enteredAt,
            @Nullable String until) {

        static Entry of(DoNotCallEntry entry) {
            OptOut optOut = entry.optOut();
            return new Entry(
                    optOut.campaign(),
                    ScalarType.written(optOut.kind()),
                    optOut.source(),
                    Moments.written(entry.enteredAtEpochMillis()),
                    Moments.shown(optOut.untilEpochMillis()));
        }
    }

    private void enter(Context request) throws Exception {
        Caller caller = tokens.caller(request);
        Asked asked = Body.of(request, Asked.class);
        CampaignId campaign = campaigns.asked(asked.campaign);
        String masked =
                Failures.with("'number'", () -> desk.optOut(asked.number, campaign, caller.source(), asked.reason));
        request.status(201).json(new Entered(masked, campaign == null ? "all" : campaign.value()));
    }

    private void show(Context request) throws Exception {
        tokens.caller(request).mustSupervise();
        answer(request, Failures.with("number", () -> desk.of(request.pathParam("number"))));
    }

    private void takeOut(Context request) throws Exception {
        Caller caller = tokens.caller(request);
        caller.mustSupervise();
        String reason = Queries.parameter(request, "reason", "").strip();
        if (reason.isEmpty()
                || reason.length() > DoNotCallDesk.LONGEST_REASON
                || CONTROL.matcher(reason).find()) {
            throw ApiProblem.badRequest("'reason' must say why, in one line of at most " + DoNotCallDesk.LONGEST_REASON
                    + " characters: ?reason=…");
        }
        OptOut.Kind kind = kind(Queries.parameter(request, "kind", "request"));
        CampaignId campaign = campaigns.asked(request.queryParam("campaign"));
        List<DoNotCallEntry> removed = Failures.with(
                "number", () -> desk.optIn(request.pathParam("number"), campaign, kind, caller.source(), reason));
        if (removed.isEmpty()) {
            throw ApiProblem.notFound("the number has no such entry of kind " + ScalarType.written(kind));
        }
        answer(request, removed);
    }

    private static OptOut.Kind kind(String text) {
        return switch (text) {
            case "request" -> OptOut.Kind.REQUEST;
            case "complaint" -> OptOut.Kind.COMPLAINT;
            default -> throw ApiProblem.badRequest("'kind' must be request or complaint");
        };
    }

    private static void answer(Context request, List<DoNotCallEntry> entries) {
        request.json(entries.stream().map(Entry::of).toList());
    }
}
