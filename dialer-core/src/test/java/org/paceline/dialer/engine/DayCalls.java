package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.simulation.EntryStore;
import org.paceline.dialer.simulation.Journal;
import org.paceline.dialer.simulation.SimulatedTelephony;
import org.paceline.dialer.simulation.VirtualWorld;
import org.paceline.rules.RuleId;

/**
 * The calls of a {@link SimulatedDay}: a journal that is slow and refuses, a public that answers, is busy or hangs up, agents' phones that
 * are rung. Checks that no number and no agent is on two calls, and that every attempt ends once.
 */
final class DayCalls extends SimulatedTelephony implements Journal, EntryStore {
    static final int CHANNELS = 40;

    private static final long MILLI = 1_000_000;
    private static final List<NotSent> NOT_SENT = List.of(NotSent.NO_RTP_PORT, NotSent.NO_ADDRESS, NotSent.SEND_FAILED);

    private final Random random;
    private final Map<CallId, Long> live = new HashMap<>();
    private final Set<CallId> answered = new HashSet<>();
    private final Set<Long> onPhone = new HashSet<>();
    private final Map<AgentId, CallId> joined = new HashMap<>();
    private final Set<CallId> ended = new HashSet<>();

    DayCalls(VirtualWorld world, Random random) {
        super(world, 0);
        this.random = random;
    }

    /** The call that the agent is on, or any. */
    CallId callOf(AgentId agent) {
        return joined.getOrDefault(agent, new CallId(1));
    }

    int live() {
        return live.size();
    }

    int ended() {
        return ended.size();
    }

    private void in(long millis, Runnable action) {
        world.in(millis * MILLI, action);
    }

    // ---- the journal and the store

    @Override
    public void write(Attempt attempt) {
        CallId call = attempt.call();
        long number = attempt.order().number().e164();
        assertThat(onPhone.add(number)).as("one attempt in flight per number").isTrue();
        assertThat(live.put(call, number)).as("a call is placed once").isNull();
        assertThat(live.size()).as("calls on a trunk of 40 channels").isLessThanOrEqualTo(CHANNELS);
        long takes = random.nextInt(30) == 0 ? 1_500L + random.nextInt(2_000) : 1L + random.nextInt(10);
        if (random.nextInt(50) == 0) {
            in(takes, () -> {
                live.remove(call);
                onPhone.remove(number);
                world.tell(new Event.AttemptRefused(
                        call, random.nextBoolean() ? RuleId.IN_FLIGHT : RuleId.CAP_NUMBER_DAY, List.of()));
            });
            return;
        }
        in(takes, () -> world.tell(new Event.AttemptsJournaled(List.of(call), takes * MILLI)));
    }

    @Override
    public void takeBack(Effect.TakeBack back) {
        assertThat(live.remove(back.attempt().call()))
                .as("a call is taken back once")
                .isNotNull();
        onPhone.remove(back.attempt().order().number().e164());
    }

    @Override
    public void keep(Effect.Entry entry) {
        if (entry instanceof Effect.AttemptEnded end) {
            CallId call = end.call().call();
            assertThat(ended.add(call)).as("an attempt ends once").isTrue();
            onPhone.remove(live.remove(call));
            joined.values().remove(call);
        }
        in(5, () -> world.tell(new Event.EntriesStored(1)));
    }

    // ---- the network

    @Override
    public void dial(CallId call, DialOrder order) {
        assertThat(live).as("only a call that is live is dialled").containsKey(call);
        if (random.nextInt(40) == 0) {
            in(1, () -> world.tell(new Event.CallNotSent(call, NOT_SENT.get(random.nextInt(NOT_SENT.size())))));
            return;
        }
        long ring = 300L + random.nextInt(20_000);
        in(random.nextInt(200), () -> tellWhileLive(call, new Event.CallRinging(call)));
        int fate = random.nextInt(100);
        if (fate < 35) {
            in(ring, () -> answer(call));
        } else if (fate < 45) {
            in(ring, () -> fail(call, Outcome.BUSY, false));
        } else if (fate < 47) {
            in(ring, () -> fail(call, Outcome.NO_ANSWER, true));
        } else {
            in(20_000, () -> fail(call, Outcome.NO_ANSWER, false));
        }
    }

    private void answer(CallId call) {
        if (live.containsKey(call)) {
            answered.add(call);
            world.tell(new Event.CallAnswered(call));
            in(1_000 + random.nextInt(90_000), () -> hungUp(call, HungUpBy.CUSTOMER));
        }
    }

    private void fail(CallId call, Outcome outcome, boolean late) {
        if (!answered.contains(call)) {
            tellWhileLive(call, new Event.CallFailed(call, outcome, CallCause.NONE, late));
        }
    }

    private void hungUp(CallId call, HungUpBy by) {
        tellWhileLive(call, new Event.CallHungUp(call, by, CallCause.NONE));
    }

    private void tellWhileLive(CallId call, Event event) {
        if (live.containsKey(call)) {
            world.tell(event);
        }
    }

    @Override
    public void cancel(CallId call) {
        in(30, () -> fail(call, Outcome.CANCELLED, false));
    }

    @Override
    public void announce(CallId call, Announcement announcement) {
        in(3_000, () -> hungUp(call, HungUpBy.ANNOUNCEMENT_END));
    }

    @Override
    public void hangUp(CallId call, HangUpCause cause) {
        in(20, () -> hungUp(call, HungUpBy.US));
    }

    // ---- agents' phones

    /** The agent's line comes up when the day says so. */
    @Override
    public void openLine(AgentId agent, AgentAddress at) {}

    @Override
    public void connect(CallId call, AgentId agent) {
        join(call, agent);
        in(3, () -> {
            if (live.containsKey(call) && call.equals(joined.get(agent))) {
                world.tell(new Event.CallConnected(call, agent, 3_000));
            }
        });
    }

    /** The phone answers, soon or late, is busy, or is left to ring; what comes of a ring that is over may still come. */
    @Override
    public void ringAgent(AgentRing ring, AgentAddress at) {
        join(ring.call(), ring.agent());
        int fate = random.nextInt(10);
        long after = random.nextInt(fate < 8 ? 1_500 : 4_000);
        in(after, () -> {
            if (fate == 0) {
                joined.remove(ring.agent(), ring.call());
                world.tell(new Event.AgentMissed(ring, "status 486"));
            } else {
                world.tell(new Event.AgentAnswered(ring, after * 1_000));
            }
        });
        if (fate == 1) {
            in(after + random.nextInt(20_000), () -> world.tell(new Event.AgentHungUp(ring)));
        }
    }

    private void join(CallId call, AgentId agent) {
        assertThat(answered).contains(call);
        assertThat(joined.putIfAbsent(agent, call)).as("an agent on one call").isNull();
    }

    @Override
    public void stopRinging(AgentRing ring) {
        joined.remove(ring.agent(), ring.call());
    }
}
