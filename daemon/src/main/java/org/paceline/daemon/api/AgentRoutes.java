package org.paceline.daemon.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.AgentConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/agents}: what agents do, and what is seen of them. */
final class AgentRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(AgentRoutes.class);
    private static final long ANSWER_SECONDS = 5;

    record SignIn(List<String> campaigns) {}

    record Pause(String reason, @Nullable String note) {
        Pause {
            Body.required("reason", reason, "lunch");
        }
    }

    /** The call meant: by the time the command is done, the agent may be on the next one. */
    record OnCall(CallId call) {
        OnCall {
            requireCall(call);
        }
    }

    record EndWrapUp(@Nullable CallId call, @Nullable String disposition) {
        EndWrapUp {
            if (disposition != null) {
                requireCall(call);
            }
        }
    }

    record Disposition(CallId call, String disposition) {
        Disposition {
            requireCall(call);
            Body.required("disposition", disposition, "sale");
        }
    }

    record Callback(
            CallId call,
            Instant due,
            boolean personal,
            @Nullable String note) {
        Callback {
            requireCall(call);
            Body.required("due", due, BodyValues.TIME_EXAMPLE);
            Body.atMost("note", note, CallbackRoutes.LONGEST_NOTE);
        }
    }

    record Note(
            CallId call,
            @JsonDeserialize(using = BodyValues.Lines.class) String text) {
        Note {
            requireCall(call);
            Body.required("text", text, "asks for the brochure");
            Body.atMost("text", text, AgentCommand.Note.LONGEST);
        }
    }

    private static void requireCall(@Nullable CallId call) {
        Body.required("call", call, BodyValues.ID_EXAMPLE);
    }

    private final DaemonConfig config;
    private final Floor floor;
    private final Tokens tokens;

    AgentRoutes(DaemonConfig config, Floor floor, Tokens tokens) {
        this.config = config;
        this.floor = floor;
        this.tokens = tokens;
    }

    void addTo(Routes routes) {
        routes.get("/api/agents", this::list);
        routes.get("/api/agents/{id}", this::show);
        command(routes, "sign-in", this::signIn);
        command(routes, "ready", (_, body) -> plain(body, new AgentCommand.Ready()));
        command(routes, "pause", AgentRoutes::pause);
        command(routes, "end-wrap-up", AgentRoutes::endWrapUp);
        command(routes, "disposition", AgentRoutes::dispose);
        command(routes, "callback", AgentRoutes::callBack);
        command(routes, "note", AgentRoutes::note);
        command(routes, "record", (_, body) -> new AgentCommand.StartRecording(Body.of(body, OnCall.class).call));
        command(routes, "hang-up", (_, body) -> new AgentCommand.HangUp(Body.of(body, OnCall.class).call));
        command(routes, "sign-out", (_, body) -> plain(body, new AgentCommand.SignOut()));
    }

    private void command(Routes routes, String name, BiFunction<AgentConfig, String, AgentCommand> read) {
        routes.post("/api/agents/{id}/" + name, request -> {
            AgentConfig agent = agentOf(request);
            answer(request, agent.id(), read.apply(agent, request.body()));
        });
    }

    private void list(Context request) {
        Caller caller = tokens.caller(request);
        caller.mustLead();
        List<Snapshot.Agent> seen = floor.snapshot().agents();
        request.json(config.agents().stream()
                .filter(agent -> caller.sees(agent.id()))
                .map(agent -> view(agent, seen))
                .toList());
    }

    private void show(Context request) {
        request.json(view(agentOf(request), floor.snapshot().agents()));
    }

    /** The engine knows an agent from the first sign-in on. */
    private static Views.Agent view(AgentConfig agent, List<Snapshot.Agent> seen) {
        return seen.stream()
                .filter(candidate -> candidate.id().equals(agent.id()))
                .findFirst()
                .map(known -> Views.agent(known, agent.team()))
                .orElseGet(() -> Views.signedOut(agent));
    }

    private AgentConfig agentOf(Context request) {
        return Agents.named(request, config, tokens.caller(request));
    }

    private AgentCommand signIn(AgentConfig agent, String body) {
        Set<CampaignId> asked = new LinkedHashSet<>();
        for (String name : Body.of(body, SignIn.class).campaigns) {
            asked.add(campaign(name));
        }
        Set<CampaignId> allowed = agent.campaigns().isEmpty() ? floor.campaigns() : agent.campaigns();
        for (CampaignId campaign : asked) {
            if (!allowed.contains(campaign)) {
                throw ApiProblem.refused(
                        "agent '" + agent.id() + "' does not take campaign '" + campaign + "': takes " + allowed);
            }
        }
        Set<CampaignId> campaigns = asked.isEmpty() ? allowed : asked;
        if (campaigns.isEmpty()) {
            throw ApiProblem.refused("there is no campaign to sign in to");
        }
        try {
            return new AgentCommand.SignIn(agent.address(), campaigns, floor.today(agent.id()));
        } catch (Floor.UnavailableException e) {
            throw ApiProblem.busy(String.valueOf(e.getMessage()));
        }
    }

    private CampaignId campaign(String name) {
        if (name.isBlank() || !floor.campaigns().contains(new CampaignId(name))) {
            throw ApiProblem.badRequest("no campaign '" + name + "': must be one of " + floor.campaigns());
        }
        return new CampaignId(name);
    }

    private static AgentCommand pause(AgentConfig agent, String body) {
        Pause asked = Body.of(body, Pause.class);
        return new AgentCommand.Pause(asked.reason, asked.note);
    }

    private static AgentCommand endWrapUp(AgentConfig agent, String body) {
        EndWrapUp asked = Body.of(body, EndWrapUp.class);
        return new AgentCommand.EndWrapUp(asked.call, asked.disposition);
    }

    private static AgentCommand dispose(AgentConfig agent, String body) {
        Disposition asked = Body.of(body, Disposition.class);
        return new AgentCommand.Dispose(asked.call, asked.disposition);
    }

    private static AgentCommand callBack(AgentConfig agent, String body) {
        Callback asked = Body.of(body, Callback.class);
        return new AgentCommand.CallBack(asked.call, asked.due.toEpochMilli(), asked.personal, asked.note);
    }

    private static AgentCommand note(AgentConfig agent, String body) {
        Note asked = Body.of(body, Note.class);
        return new AgentCommand.Note(asked.call, asked.text);
    }

    private static AgentCommand plain(String body, AgentCommand command) {
        Body.of(body, Body.None.class);
        return command;
    }

    private void answer(Context request, AgentId agent, AgentCommand command) {
        switch (result(agent, command)) {
            case CommandResult.Done done ->
                request.json(new Views.Done(agent.value(), done.state().name(), done.note()));
            case CommandResult.Refused refused -> throw ApiProblem.refused(refused.reason());
        }
    }

    private CommandResult result(AgentId agent, AgentCommand command) {
        try {
            return floor.command(agent, command).get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (Floor.BusyException e) {
            throw ApiProblem.busy(String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Floor.BusyException busy) {
                throw ApiProblem.busy(String.valueOf(busy.getMessage()));
            }
            LOG.error("event=command-failed agent={}", agent, e.getCause());
            throw ApiProblem.unclear(ApiProblem.OWN_FAULT);
        } catch (TimeoutException e) {
            throw ApiProblem.unclear("the engine did not answer within " + ANSWER_SECONDS
                    + " s: ask for the agent's state, then try again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiProblem.unclear("the daemon is stopping");
        }
    }
}
