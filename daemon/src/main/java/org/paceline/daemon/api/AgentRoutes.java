package org.paceline.daemon.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.agents.AgentDesk;
import org.paceline.daemon.api.access.Caller;
import org.paceline.daemon.api.access.Tokens;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.daemon.api.http.Body;
import org.paceline.daemon.api.http.BodyValues;
import org.paceline.daemon.api.http.Failures;
import org.paceline.daemon.callbacks.CallbackDesk;
import org.paceline.daemon.config.AgentConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentDay;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/agents}: agents' commands, and their state. */
final class AgentRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(AgentRoutes.class);
    private static final long ANSWER_SECONDS = 5;

    /** @param campaigns at least one, or null for all that the agent takes */
    record SignIn(@Nullable List<String> campaigns) {
        SignIn {
            if (campaigns != null && campaigns.isEmpty()) {
                throw ApiProblem.badRequest(
                        "'campaigns' is empty: name at least one, or leave it out for all that the agent takes");
            }
        }
    }

    record Pause(String reason, @Nullable String note) {
        Pause {
            Body.required("reason", reason, "lunch");
        }
    }

    /** The call that is meant: by the time the command is done, the agent may be on the next one. */
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
            Body.atMost("note", note, CallbackDesk.LONGEST_NOTE);
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

    /** @param note what was not done as asked; left out where there is none */
    private record Done(
            String agent,
            String state,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String note) {}

    private final Supplier<DaemonConfig> config;
    private final EnginePort engine;
    private final Campaigns campaigns;
    private final AgentDesk agents;
    private final Supplier<Map<AgentId, List<RegisteredPhone>>> phones;
    private final Tokens tokens;

    /** @param phones the registered phones of the agents whose phones register */
    AgentRoutes(
            Supplier<DaemonConfig> config,
            EnginePort engine,
            AgentDesk agents,
            Supplier<Map<AgentId, List<RegisteredPhone>>> phones,
            Tokens tokens) {
        this.config = config;
        this.engine = engine;
        this.campaigns = new Campaigns(engine);
        this.agents = agents;
        this.phones = phones;
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

    /** Makes the command that a body asks for. */
    private interface Reading {
        AgentCommand of(AgentConfig agent, String body) throws Exception;
    }

    private void command(Routes routes, String name, Reading reading) {
        routes.post("/api/agents/{id}/" + name, request -> {
            AgentConfig agent = agentOf(request);
            answer(request, agent.id(), reading.of(agent, request.body()));
        });
    }

    private void list(Context request) {
        Caller caller = tokens.caller(request);
        caller.mustLead();
        List<Snapshot.AgentStatus> seen = engine.agents();
        request.json(config.get().agents().stream()
                .filter(agent -> caller.sees(agent.id()))
                .map(agent -> view(agent, seen))
                .toList());
    }

    private void show(Context request) {
        request.json(view(agentOf(request), engine.agents()));
    }

    /** Returns the view of an agent; the engine knows an agent only from the first sign-in on. */
    private AgentView view(AgentConfig agent, List<Snapshot.AgentStatus> seen) {
        List<RegisteredPhone> registered = phones.get().get(agent.id());
        return seen.stream()
                .filter(candidate -> candidate.id().equals(agent.id()))
                .findFirst()
                .map(known -> AgentView.of(known, agent.team(), registered))
                .orElseGet(() -> AgentView.signedOut(agent, registered));
    }

    private AgentConfig agentOf(Context request) {
        return Agents.named(request, config.get(), tokens.caller(request));
    }

    private AgentCommand signIn(AgentConfig agent, String body) throws Exception {
        List<String> names = Body.of(body, SignIn.class).campaigns;
        Set<CampaignId> asked = new LinkedHashSet<>();
        for (String name : names == null ? List.<String>of() : names) {
            asked.add(campaign(name));
        }
        Set<CampaignId> allowed = agent.campaigns().isEmpty() ? campaigns.inForce() : agent.campaigns();
        for (CampaignId campaign : asked) {
            if (!allowed.contains(campaign)) {
                throw ApiProblem.refused(
                        "agent '" + agent.id() + "' does not take campaign '" + campaign + "': takes " + allowed);
            }
        }
        Set<CampaignId> taken = asked.isEmpty() ? allowed : asked;
        if (taken.isEmpty()) {
            throw ApiProblem.refused("there is no campaign to sign in to");
        }
        AgentDay today = Failures.beforehand(() -> agents.today(agent.id()));
        return new AgentCommand.SignIn(agent.address(), taken, today);
    }

    private CampaignId campaign(String name) {
        Snapshot.CampaignStatus campaign =
                campaigns.find(name).orElseThrow(() -> ApiProblem.badRequest(campaigns.unknown(name)));
        if (Campaigns.isRemoved(campaign)) {
            throw ApiProblem.refused("campaign '" + name + "' is removed: its file is gone");
        }
        return campaign.id();
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
            case CommandResult.Done done -> {
                if (saysWhatMustStay(command)) {
                    requireStored();
                }
                request.json(new Done(agent.value(), done.state().name(), done.note()));
            }
            case CommandResult.Refused refused -> throw ApiProblem.refused(refused.reason());
        }
    }

    /** Whether somebody relies on the answer: a result that a kill took back would be nobody's any more. */
    private static boolean saysWhatMustStay(AgentCommand command) {
        return switch (command) {
            case AgentCommand.Dispose _, AgentCommand.CallBack _, AgentCommand.Note _ -> true;
            case AgentCommand.EndWrapUp end -> end.disposition() != null;
            case AgentCommand.SignIn _,
                    AgentCommand.SignOut _,
                    AgentCommand.Ready _,
                    AgentCommand.Pause _,
                    AgentCommand.StartRecording _,
                    AgentCommand.HangUp _ -> false;
        };
    }

    private void requireStored() {
        try {
            engine.stored().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw ApiProblem.unclear("the command was taken, and is not in the database after " + ANSWER_SECONDS
                    + " s: it comes in once the database answers, unless this process dies before");
        } catch (ExecutionException e) {
            throw ApiProblem.unclear(ApiProblem.OWN_FAULT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiProblem.unclear("the daemon is stopping");
        }
    }

    private CommandResult result(AgentId agent, AgentCommand command) {
        try {
            return engine.command(agent, command).get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (EnginePort.BusyException e) {
            throw ApiProblem.busy(String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EnginePort.BusyException busy) {
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
