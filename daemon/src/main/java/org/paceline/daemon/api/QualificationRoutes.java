package org.paceline.daemon.api;

import io.javalin.http.Context;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.SupportedYears;
import org.paceline.daemon.agents.AgentDesk;
import org.paceline.daemon.agents.QualificationWord;
import org.paceline.daemon.api.access.Caller;
import org.paceline.daemon.api.access.Tokens;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.daemon.api.http.Body;
import org.paceline.daemon.api.http.Moments;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.dialer.agent.Qualification;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;

/** {@code /api/agents/{id}/qualifications}: the campaigns for which an agent passed the exam, and until when. */
final class QualificationRoutes {
    private static final String ROUTE = "/api/agents/{id}/qualifications";

    record Asked(@Nullable String until) {}

    /** @param until the last day, null for no end */
    private record View(String campaign, @Nullable String until, String by, String at) {

        static View of(QualificationWord word) {
            long lastDay = word.qualification().lastDay();
            return new View(
                    word.qualification().campaign().value(),
                    lastDay == Qualification.NO_END
                            ? null
                            : LocalDate.ofEpochDay(lastDay).toString(),
                    word.by(),
                    Moments.written(word.atEpochMillis()));
        }
    }

    private final Supplier<DaemonConfig> config;
    private final Campaigns campaigns;
    private final AgentDesk agents;
    private final Tokens tokens;

    QualificationRoutes(Supplier<DaemonConfig> config, Campaigns campaigns, AgentDesk agents, Tokens tokens) {
        this.config = config;
        this.campaigns = campaigns;
        this.agents = agents;
        this.tokens = tokens;
    }

    void addTo(Routes routes) {
        routes.get(ROUTE, this::list);
        routes.put(ROUTE + "/{campaign}", this::qualify);
        routes.delete(ROUTE + "/{campaign}", this::takeBack);
    }

    private void list(Context request) {
        AgentId agent =
                Agents.named(request, config.get(), tokens.caller(request)).id();
        request.json(views(agent));
    }

    private void qualify(Context request) {
        Caller caller = tokens.caller(request);
        caller.mustSupervise();
        AgentId agent = Agents.named(request, config.get(), caller).id();
        CampaignId campaign = campaigns.named(request.pathParam("campaign")).id();
        long lastDay = lastDay(Body.of(request, Asked.class).until);
        agents.qualify(new Qualification(agent, campaign, lastDay), caller.source());
        request.json(views(agent));
    }

    private static long lastDay(@Nullable String until) {
        if (until == null) {
            return Qualification.NO_END;
        }
        LocalDate day = SupportedYears.day(until);
        if (day == null) {
            throw ApiProblem.badRequest("'until' must be the last day as 2027-06-30, " + SupportedYears.WORDS
                    + ", or be left out for no end; is '" + until + "'");
        }
        return day.toEpochDay();
    }

    private void takeBack(Context request) {
        Caller caller = tokens.caller(request);
        caller.mustSupervise();
        AgentId agent = Agents.named(request, config.get(), caller).id();
        String name = request.pathParam("campaign");
        if (views(agent).stream().noneMatch(view -> view.campaign().equals(name))) {
            throw ApiProblem.notFound("agent '" + agent + "' has no qualification for '" + name + "'");
        }
        agents.qualify(new Qualification(agent, new CampaignId(name), Qualification.NONE), caller.source());
        request.json(views(agent));
    }

    private List<View> views(AgentId agent) {
        return agents.qualifications(agent).stream().map(View::of).toList();
    }
}
