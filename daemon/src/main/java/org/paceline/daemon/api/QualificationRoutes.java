package org.paceline.daemon.api;

import io.javalin.http.Context;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.dialer.agent.Qualification;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;

/** {@code /api/agents/{id}/qualifications}: for which campaigns an agent passed the exam, and until when. */
final class QualificationRoutes {
    private static final String ROUTE = "/api/agents/{id}/qualifications";

    record Asked(@Nullable String until) {}

    private final DaemonConfig config;
    private final Floor floor;
    private final Tokens tokens;

    QualificationRoutes(DaemonConfig config, Floor floor, Tokens tokens) {
        this.config = config;
        this.floor = floor;
        this.tokens = tokens;
    }

    void addTo(Routes routes) {
        routes.get(ROUTE, this::list);
        routes.put(ROUTE + "/{campaign}", this::qualify);
        routes.delete(ROUTE + "/{campaign}", this::takeBack);
    }

    private void list(Context request) {
        AgentId agent = Agents.named(request, config, tokens.caller(request)).id();
        request.json(views(agent));
    }

    private void qualify(Context request) {
        Caller caller = tokens.caller(request);
        caller.mustSupervise();
        AgentId agent = Agents.named(request, config, caller).id();
        CampaignId campaign = campaign(request.pathParam("campaign"));
        long lastDay = lastDay(Body.of(request, Asked.class).until);
        say(new Qualification(agent, campaign, lastDay), caller);
        request.json(views(agent));
    }

    private static long lastDay(@Nullable String until) {
        if (until == null) {
            return Qualification.NO_END;
        }
        LocalDate day = Moments.day(until);
        if (day == null) {
            throw ApiProblem.badRequest(
                    "'until' must be the last day as 2027-06-30, or be left out for no end; is '" + until + "'");
        }
        return day.toEpochDay();
    }

    private void takeBack(Context request) {
        Caller caller = tokens.caller(request);
        caller.mustSupervise();
        AgentId agent = Agents.named(request, config, caller).id();
        String name = request.pathParam("campaign");
        if (views(agent).stream().noneMatch(view -> view.campaign().equals(name))) {
            throw ApiProblem.notFound("agent '" + agent + "' has no qualification for '" + name + "'");
        }
        say(new Qualification(agent, new CampaignId(name), Qualification.NONE), caller);
        request.json(views(agent));
    }

    private CampaignId campaign(String name) {
        if (name.isBlank() || !floor.campaigns().contains(new CampaignId(name))) {
            throw ApiProblem.notFound("no campaign '" + name + "': must be one of " + floor.campaigns());
        }
        return new CampaignId(name);
    }

    private void say(Qualification qualification, Caller caller) {
        try {
            floor.qualify(qualification, caller.source());
        } catch (Floor.UnavailableException e) {
            throw ApiProblem.busy(String.valueOf(e.getMessage()));
        }
    }

    private List<Views.Qualification> views(AgentId agent) {
        try {
            return floor.qualifications(agent).stream()
                    .map(Views::qualification)
                    .toList();
        } catch (Floor.UnavailableException e) {
            throw ApiProblem.busy(String.valueOf(e.getMessage()));
        }
    }
}
