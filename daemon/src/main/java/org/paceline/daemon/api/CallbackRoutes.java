package org.paceline.daemon.api;

import io.javalin.http.Context;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.access.Caller;
import org.paceline.daemon.api.access.Tokens;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.daemon.api.http.Body;
import org.paceline.daemon.api.http.BodyValues;
import org.paceline.daemon.api.http.Moments;
import org.paceline.daemon.api.http.Queries;
import org.paceline.daemon.callbacks.CallbackDesk;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.leads.KeptCallback;
import org.paceline.dialer.id.AgentId;
import org.paceline.rules.PhoneNumber;

/** {@code /api/callbacks}: calls promised to leads. */
final class CallbackRoutes {
    private final Supplier<DaemonConfig> config;
    private final Campaigns campaigns;
    private final CallbackDesk callbacks;
    private final Tokens tokens;

    CallbackRoutes(Supplier<DaemonConfig> config, Campaigns campaigns, CallbackDesk callbacks, Tokens tokens) {
        this.config = config;
        this.campaigns = campaigns;
        this.callbacks = callbacks;
        this.tokens = tokens;
    }

    void addTo(Routes routes) {
        routes.post("/api/callbacks", this::make);
        routes.get("/api/callbacks", this::list, "campaign", "agent", "state", "limit", "before");
        routes.post("/api/callbacks/{id}/cancel", this::cancel);
    }

    private enum Which {
        ALL,
        OPEN,
        DONE,
        MISSED,
        CANCELLED
    }

    record Asked(
            @Nullable Long lead,
            @Nullable String number,
            @Nullable String campaign,
            @Nullable String agent,
            Instant due,
            @Nullable String note) {
        Asked {
            Body.required("due", due, BodyValues.TIME_EXAMPLE);
            Body.atMost("note", note, CallbackDesk.LONGEST_NOTE);
        }
    }

    private record View(
            String id,
            String lead,
            String campaign,
            String number,
            @Nullable String agent,
            String dueAt,
            String madeBy,
            String madeAt,
            String state,
            @Nullable String doneCall,
            @Nullable String doneAt,
            @Nullable Long lateSeconds,
            @Nullable String note) {}

    private record Page(List<View> callbacks, @Nullable String next) {}

    private void make(Context request) throws SQLException {
        Caller caller = tokens.caller(request);
        caller.mustSupervise();
        Asked asked = Body.of(request, Asked.class);
        var _ = campaigns.asked(asked.campaign);
        if (asked.agent != null && config.get().agent(new AgentId(asked.agent)) == null) {
            throw ApiProblem.notFound("no agent '" + asked.agent + "': must be one of the configuration's agents");
        }
        CallbackDesk.Order order = new CallbackDesk.Order(
                asked.lead,
                asked.number,
                asked.campaign,
                asked.agent,
                asked.due.toEpochMilli(),
                asked.note,
                caller.source());
        request.status(201).json(view(callbacks.make(order)));
    }

    /** Lists callbacks: an agent sees its own, a leader those of the team's agents. */
    private void list(Context request) {
        Caller caller = tokens.caller(request);
        String agent = Queries.name(request, "agent");
        if (agent == null) {
            caller.mustSupervise();
        } else {
            caller.mayActFor(new AgentId(agent));
        }
        Which which = Queries.choice(request, "state", Which.ALL);
        KeptCallback.State state = which == Which.ALL ? null : KeptCallback.State.valueOf(which.name());
        int most = Queries.limit(request);
        List<KeptCallback> found =
                callbacks.list(Queries.name(request, "campaign"), agent, state, Queries.beforeId(request), most);
        request.json(new Page(
                found.stream().map(this::view).toList(),
                found.size() < most ? null : Long.toString(found.getLast().id())));
    }

    private void cancel(Context request) {
        Caller caller = tokens.caller(request);
        long id = Queries.pathId(request, "callback");
        KeptCallback callback = callbacks.find(id);
        String agent = callback == null ? null : callback.agent();
        if (agent == null) {
            caller.mustSupervise();
        } else {
            caller.mayActFor(new AgentId(agent));
        }
        if (callback == null) {
            throw ApiProblem.notFound("no callback " + id);
        }
        Body.of(request, Body.None.class);
        if (!callbacks.cancel(callback, caller.source())) {
            throw ApiProblem.refused("callback " + id + " is not open");
        }
        KeptCallback cancelled = callbacks.find(id);
        request.json(view(cancelled == null ? callback : cancelled));
    }

    private View view(KeptCallback callback) {
        KeptCallback.Done done = callback.done();
        return new View(
                Long.toString(callback.id()),
                Long.toString(callback.lead()),
                callback.campaign(),
                PhoneNumber.masked(callback.e164()),
                callback.agent(),
                Moments.written(callback.dueAtEpochMillis()),
                callback.madeBy(),
                Moments.written(callback.madeAtEpochMillis()),
                callback.state().name(),
                done == null ? null : Long.toString(done.call()),
                done == null ? null : Moments.written(done.atEpochMillis()),
                lateSeconds(callback),
                callback.note());
    }

    /** Returns how late a callback is, for an open one as of now; null where it was never due, or not kept. */
    private @Nullable Long lateSeconds(KeptCallback callback) {
        KeptCallback.Done done = callback.done();
        long now = callbacks.now();
        return switch (callback.state()) {
            case OPEN -> now < callback.dueAtEpochMillis() ? null : (now - callback.dueAtEpochMillis()) / 1_000;
            case DONE -> done == null ? null : Math.max(0, done.atEpochMillis() - callback.dueAtEpochMillis()) / 1_000;
            case MISSED, CANCELLED -> null;
        };
    }
}
