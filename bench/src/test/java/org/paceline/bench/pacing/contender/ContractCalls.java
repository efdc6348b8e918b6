package org.paceline.bench.pacing.contender;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.paceline.bench.pacing.oracle.Futures;
import org.paceline.bench.pacing.oracle.Steps;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.forecast.ServiceLaw;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.simulation.Journal;
import org.paceline.dialer.simulation.SimulatedTelephony;
import org.paceline.dialer.simulation.VirtualWorld;

/**
 * The calls of a {@link ContractFloor}: each fourth is answered after 8 s, talks take 30 s, wrap-ups 5 s. It keeps how many were placed, and
 * how many were live at most.
 */
final class ContractCalls extends SimulatedTelephony implements Journal, Futures {
    static final long SECOND = 1_000_000_000L;
    static final long UNANSWERED_NANOS = 25 * SECOND;
    static final long WRAP_UP_NANOS = 5 * SECOND;

    private static final long MILLI = 1_000_000L;
    private static final long ANSWER_NANOS = 8 * SECOND;
    private static final long TALK_NANOS = 30 * SECOND;
    private static final int ANSWERED_OF = 4;

    private final Set<CallId> live = new HashSet<>();
    private final Set<CallId> answered = new HashSet<>();
    private final Map<CallId, Long> answersAt = new HashMap<>();
    private final Map<AgentId, Long> freeAt = new HashMap<>();
    private int placed;
    private int mostLive;
    private int mostPaid;
    private long talks;

    ContractCalls(VirtualWorld world) {
        super(world, MILLI);
    }

    int placed() {
        return placed;
    }

    int mostLive() {
        return mostLive;
    }

    /** Calls at most at once that were answered before, or might be yet. */
    int mostPaid() {
        return mostPaid;
    }

    long talks() {
        return talks;
    }

    // ---- what becomes of calls

    @Override
    public void write(Attempt attempt) {
        CallId call = attempt.call();
        placed++;
        live.add(call);
        mostLive = Math.max(mostLive, live.size());
        Set<CallId> paid = new HashSet<>(answered);
        paid.addAll(live);
        mostPaid = Math.max(mostPaid, paid.size());
        world.tellIn(MILLI, new Event.AttemptsJournaled(List.of(call), MILLI));
    }

    @Override
    public void takeBack(Effect.TakeBack back) {
        live.remove(back.attempt().call());
    }

    @Override
    public void dial(CallId call, DialOrder order) {
        world.tellIn(MILLI, new Event.CallRinging(call));
        if (isAnswered(placed - 1)) {
            answersAt.put(call, world.nanos() + ANSWER_NANOS);
            world.tellIn(ANSWER_NANOS, () -> answer(call));
        } else {
            fails(UNANSWERED_NANOS, call, Outcome.NO_ANSWER);
        }
    }

    private Event answer(CallId call) {
        if (!live.contains(call)) {
            return Event.Ticked.INSTANCE;
        }
        answered.add(call);
        return new Event.CallAnswered(call);
    }

    private static boolean isAnswered(int index) {
        return index % ANSWERED_OF == ANSWERED_OF - 1;
    }

    @Override
    public void cancel(CallId call) {
        fails(MILLI, call, Outcome.CANCELLED);
    }

    @Override
    public void connect(CallId call, AgentId agent) {
        talks++;
        world.tellIn(MILLI, new Event.CallConnected(call, agent, 1_000));
        freeAt.put(agent, world.nanos() + TALK_NANOS + WRAP_UP_NANOS);
        hangsUp(TALK_NANOS, call, HungUpBy.CUSTOMER);
    }

    @Override
    public void hangUp(CallId call, HangUpCause cause) {
        hangsUp(MILLI, call, HungUpBy.US);
    }

    @Override
    public void announce(CallId call, Announcement announcement) {
        hangsUp(MILLI, call, HungUpBy.ANNOUNCEMENT_END);
    }

    private void fails(long after, CallId call, Outcome outcome) {
        over(after, call, new Event.CallFailed(call, outcome, CallCause.NONE, false));
    }

    private void hangsUp(long after, CallId call, HungUpBy by) {
        over(after, call, new Event.CallHungUp(call, by, CallCause.NONE));
    }

    private void over(long after, CallId call, Event event) {
        world.tellIn(after, () -> live.remove(call) ? event : Event.Ticked.INSTANCE);
    }

    // ---- what is known of them

    @Override
    public long freeAtNanos(AgentId agent) {
        return freeAt.getOrDefault(agent, Long.MAX_VALUE);
    }

    @Override
    public long answersAtNanos(CallId call) {
        return answersAt.getOrDefault(call, Long.MAX_VALUE);
    }

    @Override
    public long nextAnswersAfterNanos(CampaignId campaign, int after) {
        return isAnswered(placed + after) ? ANSWER_NANOS : Long.MAX_VALUE;
    }

    @Override
    public void freeWithin(AgentId agent, ServiceLaw.Phase phase, double ageSeconds, double[] within) {
        Steps.certain(freeAtNanos(agent) - world.nanos(), within);
    }

    @Override
    public void answersWithin(CallId call, double[] within) {
        Steps.certain(answersAtNanos(call) - world.nanos(), within);
    }

    @Override
    public boolean nextAnswersWithin(CampaignId campaign, int after, double[] within) {
        Steps.certain(ANSWER_NANOS, within);
        Arrays.setAll(within, j -> within[j] / ANSWERED_OF);
        return true;
    }
}
