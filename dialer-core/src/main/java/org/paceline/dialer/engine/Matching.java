package org.paceline.dialer.engine;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentIntent;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.agent.Pause;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.Greeting;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Call;
import org.paceline.dialer.state.Campaign;

/**
 * Brings customers and agents together. A customer who answered is joined with the longest-idle agent, or else waits,
 * and is abandoned when no agent comes in the time that the law leaves. An agent who comes free is joined with the
 * customer who has waited longest.
 *
 * <p>Thread: engine only.
 */
final class Matching {
    private final EngineState state;
    private final EventContext context;
    private final AgentMoves moves;
    private final AgentLimits limits;
    private final Breaks breaks;
    private final Shifts shifts;
    private final Ringing ringing;
    private final Map<CallId, Long> deadlines = new HashMap<>();

    Matching(
            EngineState state,
            EventContext context,
            AgentMoves moves,
            AgentLimits limits,
            Breaks breaks,
            Shifts shifts,
            Ringing ringing) {
        this.state = state;
        this.context = context;
        this.moves = moves;
        this.limits = limits;
        this.breaks = breaks;
        this.shifts = shifts;
        this.ringing = ringing;
    }

    // ---- customers

    /** Serves a customer who has just answered: joins the customer with that agent, or lets the customer wait. */
    void serve(Call call, @Nullable Agent agent) {
        context.touch(call.campaign().id());
        if (agent != null) {
            join(call, agent);
        } else {
            call.campaign().waits(call);
            watch(call);
        }
    }

    private void join(Call call, Agent agent) {
        call.joins(agent.id());
        context.touch(call.campaign().id());
        moves.reserve(agent, call);
        watch(call);
        AgentAddress phone = agent.rungAt();
        if (phone == null) {
            context.emit(new Effect.Connect(call.id(), agent.id()));
        } else {
            ringing.begin(call, agent, phone, () -> unanswered(agent, call));
        }
    }

    /**
     * Passes on a customer whose agent has gone: to another agent at once, or else the customer waits for what is left
     * of the time.
     */
    void passOn(Call call) {
        ringing.stop(call);
        forget(call);
        call.waitsForAnother();
        context.touch(call.campaign().id());
        if (context.nanos() - waitsUntilNanos(call) >= 0) {
            abandon(call);
            return;
        }
        Agent other = call.campaign().pool().longestIdle();
        if (other != null) {
            join(call, other);
        } else {
            call.campaign().waitsFirst(call);
            watch(call);
        }
    }

    /** Abandons a call for which no agent came in time. */
    void abandon(Call call) {
        Agent rung = ringing.stop(call);
        AgentId unproven = rung == null ? call.agent() : null;
        call.campaign().waitsNoMore(call);
        forget(call);
        call.campaign().countAbandoned(context.epochMillis());
        call.abandoned();
        context.touch(call.campaign().id());
        Announcement message = call.campaign().settings().abandonmentMessage();
        context.emit(
                message == null
                        ? new Effect.HangUp(call.id(), HangUpCause.ABANDONED)
                        : new Effect.Announce(call.id(), message));
        if (rung != null) {
            outOfTime(rung, call);
        } else if (unproven != null) {
            callOver(unproven, call); // a standing line whose phone did not prove in time that it is there
        }
    }

    /** Moves the end of the time without an agent to fit what was heard of the customer's first words. */
    void hears(Call call, Greeting greeting) {
        call.hears(greeting);
        if (deadlines.containsKey(call.id())) {
            forget(call);
            watch(call);
        }
    }

    private void watch(Call call) {
        deadlines.put(call.id(), state.timers.schedule(waitsUntilNanos(call), () -> abandon(call)));
    }

    /** Stops the customer's time without an agent, because it is over or the call is. */
    void forget(Call call) {
        Long timer = deadlines.remove(call.id());
        if (timer != null) {
            state.timers.cancel(timer);
        }
    }

    /** Returns the moment up to which the customer may be without an agent, monotonic. */
    private static long waitsUntilNanos(Call call) {
        return call.answeredAt().nanos() + call.waitsAtMostMillis() * 1_000_000;
    }

    // ---- phones that ring for a customer

    private void unanswered(Agent agent, Call call) {
        if (context.nanos() < waitsUntilNanos(call)) { // else the customer's time ends now, by itself
            missed(agent, call, ringing.noAnswer(agent));
        }
    }

    /**
     * Handles a phone that its agent did not answer: the agent gets no customers until the agent says ready, and the
     * customer goes to another agent.
     */
    void missed(Agent agent, Call call, String reason) {
        ringing.stop(call);
        misses(agent, reason);
        passOn(call);
    }

    /**
     * Handles a customer whose time ended while the phone rang. An agent whose phone rang for the longest time allowed
     * has missed the call; an agent who was rung late, for a customer who had waited already, is not to blame.
     */
    private void outOfTime(Agent agent, Call call) {
        if (ringing.isOutOfTime(agent, call)) {
            misses(agent, ringing.noAnswer(agent));
        } else {
            callOver(agent.id(), call);
        }
    }

    private void misses(Agent agent, String reason) {
        limits.passes(agent, Limit.RING);
        agent.takeIntent();
        moves.pause(agent, Pause.bySystem("missed a call: " + reason));
    }

    // ---- agents

    /**
     * Handles the end of the agent's call: the agent wraps up, or goes on. Nothing is done where the agent has another
     * call meanwhile.
     */
    void callOver(AgentId id, Call call) {
        Agent agent = state.floor.find(id);
        if (agent == null || !call.id().equals(agent.call())) {
            return;
        }
        AgentTerms terms = call.campaign().settings().agents();
        if (agent.state() == AgentState.TALKING && terms.wrapUpMillis() > 0) {
            moves.wrapUp(agent);
            limits.after(agent, terms.wrapUpMillis(), () -> {
                if (terms.wrapUpStays()) {
                    limits.passes(agent, Limit.WRAP_UP);
                } else {
                    goOn(agent);
                }
            });
        } else {
            goOn(agent);
        }
    }

    /** Does what the agent asked for meanwhile, or makes the agent ready. */
    void goOn(Agent agent) {
        switch (agent.takeIntent()) {
            case null -> ready(agent);
            case AgentIntent.ReadyNext ready -> ready(agent);
            case AgentIntent.PauseNext next -> pauseOrReady(agent, next.pause());
            case AgentIntent.SignOutNext signOut -> shifts.end(agent, null);
        }
    }

    /** Begins the pause, or makes the agent ready where the break places have been taken since the agent asked. */
    private void pauseOrReady(Agent agent, Pause pause) {
        String noPlace = breaks.noPlace(agent, pause);
        if (noPlace == null) {
            moves.pause(agent, pause);
        } else {
            ready(agent, "break refused: " + noPlace);
        }
    }

    void ready(Agent agent) {
        ready(agent, null);
    }

    private void ready(Agent agent, @Nullable String why) {
        moves.ready(agent, why);
        serveLongestWaiting(agent);
    }

    /** Joins an agent who is free with the customer who has waited longest for one. */
    void serveLongestWaiting(Agent agent) {
        Call longest = null;
        for (CampaignId id : agent.serves()) {
            Campaign campaign = state.campaigns.get(id);
            Call first = campaign == null ? null : campaign.longestWaiting();
            if (first != null
                    && (longest == null
                            || first.answeredAt().nanos() < longest.answeredAt().nanos())) {
                longest = first;
            }
        }
        if (longest != null) {
            longest.campaign().waitsNoMore(longest);
            forget(longest);
            join(longest, agent);
        }
    }
}
