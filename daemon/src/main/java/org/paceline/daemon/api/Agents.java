package org.paceline.daemon.api;

import io.javalin.http.Context;
import org.paceline.daemon.api.access.Caller;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.daemon.config.AgentConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.dialer.id.AgentId;

/** Finds the agent that a route names. */
final class Agents {

    private Agents() {}

    /** @throws ApiProblem 403 where the caller may not act for that agent, 404 where there is none of that name */
    static AgentConfig named(Context request, DaemonConfig config, Caller caller) {
        String name = request.pathParam("id");
        if (name.isBlank()) {
            throw unknown(name);
        }
        AgentId id = new AgentId(name);
        caller.mayActFor(id);
        AgentConfig agent = config.agent(id);
        if (agent == null) {
            throw unknown(name);
        }
        return agent;
    }

    private static ApiProblem unknown(String name) {
        return ApiProblem.notFound("no agent '" + name + "': must be one of the configuration's agents");
    }
}
