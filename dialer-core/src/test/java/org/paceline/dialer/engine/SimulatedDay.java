package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.LineKind;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.lead.LeadTraits;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.trunk.TrunkSettings;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.NumberKind;
import org.paceline.rules.PhoneNumber;

/**
 * A seeded day in virtual time: two campaigns that share numbers and agents, a public that answers, is busy or hangs up,
 * agents who pause and lose their lines, a journal that is slow and refuses. Checks the engine's invariants as it goes and
 * keeps every effect.
 */
final class SimulatedDay {
    private static final List<NotSent> NOT_SENT = List.of(NotSent.NO_RTP_PORT, NotSent.NO_ADDRESS, NotSent.SEND_FAILED);

    private static final CampaignId AUTUMN = new CampaignId("autumn");
    private static final int NUMBERS = 400;

    final List<Effect> effects = new ArrayList<>();
    private final Random random;
    private final Story story = new Story();
    private final Engine engine;
    private final PriorityQueue<Due> agenda = new PriorityQueue<>();
    private final Map<CallId, Long> live = new HashMap<>();
    private final Set<CallId> answered = new HashSet<>();
    private final Set<Long> onPhone = new HashSet<>();
    private final Map<AgentId, CallId> joined = new HashMap<>();
    private final Set<CallId> ended = new HashSet<>();
    private final Set<AgentId> withoutLine = new HashSet<>();
    private Moment now = new Moment(5_000_000_000L, 1_795_000_000_000L);
    private int ties;
    private long nextLead = 1;
    private int nextEffect;

    private record Due(long nanos, int tie, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return nanos == other.nanos ? Integer.compare(tie, other.tie) : Long.compare(nanos, other.nanos);
        }
    }

    SimulatedDay(long seed) {
        random = new Random(seed);
        engine = new Engine(new EngineSettings(1L << CallId.RUN_SHIFT, Story.ZONE, 64, 10_000, 1_000), now);
    }

    void run(long seconds) {
        tell(new Event.TrunkConfigured(new TrunkSettings(Story.TRUNK, 40, 0, 50, 1, null)));
        tell(new Event.TrunkChanged(Story.TRUNK, true, 0, "answers"));
        story.rules.capPerDay(3);
        tell(new Event.CampaignConfigured(story.settings(Story.SPRING, DialMode.RATIO, 2.5)));
        tell(new Event.CampaignConfigured(story.settings(AUTUMN, DialMode.PROGRESSIVE, 1)));
        for (int i = 0; i < 12; i++) {
            AgentId agent = new AgentId("agent" + i);
            if (i % 4 == 0) {
                withoutLine.add(agent);
            }
            signIn(agent, i % 3 == 0 ? Set.of(Story.SPRING, AUTUMN) : Set.of(Story.SPRING));
        }
        long end = now.nanos() + seconds * 1_000_000_000L;
        while (now.nanos() < end) {
            Due due = agenda.peek();
            long tick = now.nanos() + 20_000_000;
            if (due != null && due.nanos <= tick) {
                agenda.poll();
                at(due.nanos);
                due.action.run();
            } else {
                at(tick);
                tell(Event.Ticked.INSTANCE);
            }
        }
    }

    private void at(long nanos) {
        now = now.plusMillis(Math.max(0, (nanos - now.nanos()) / 1_000_000));
    }

    private void signIn(AgentId agent, Set<CampaignId> campaigns) {
        LineKind line = withoutLine.contains(agent) ? LineKind.PER_CALL : LineKind.STANDING;
        tell(new Event.AgentCommanded(
                1, agent, new AgentCommand.SignIn(new AgentAddress("sip:" + agent, line), campaigns, 0)));
        in(200, () -> tell(new Event.LineOpened(agent)));
        in(400, () -> tell(new Event.AgentCommanded(2, agent, new AgentCommand.Ready())));
        disturb(agent);
    }

    private void disturb(AgentId agent) {
        in(20_000 + random.nextInt(90_000), () -> {
            CallId call = joined.getOrDefault(agent, new CallId(1));
            switch (random.nextInt(4)) {
                case 0 -> tell(new Event.AgentCommanded(3, agent, new AgentCommand.Pause("coffee")));
                case 1 -> {
                    tell(new Event.LineLost(agent, "408"));
                    in(1_500, () -> tell(new Event.LineOpened(agent)));
                }
                case 2 -> tell(new Event.AgentCommanded(4, agent, new AgentCommand.HangUp(call)));
                default -> tell(new Event.AgentCommanded(5, agent, new AgentCommand.EndWrapUp(call, "done")));
            }
            in(5_000, () -> tell(new Event.AgentCommanded(6, agent, new AgentCommand.Ready())));
            disturb(agent);
        });
    }

    private void in(long millis, Runnable action) {
        agenda.add(new Due(now.nanos() + millis * 1_000_000, ties++, action));
    }

    private void tell(Event event) {
        engine.on(event, now, effects::add);
        while (nextEffect < effects.size()) {
            perform(effects.get(nextEffect++));
        }
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.PlaceCall place -> place(place);
            case Effect.TakeBack back -> takeBack(back.attempt());
            case Effect.Dial dial -> dial(dial.call());
            case Effect.Connect connect -> connect(connect);
            case Effect.Announce announce -> in(3_000, () -> hangUp(announce.call(), HungUpBy.ANNOUNCEMENT_END));
            case Effect.HangUp hangUp -> in(20, () -> hangUp(hangUp.call(), HungUpBy.US));
            case Effect.CancelCall cancel -> in(30, () -> fail(cancel.call(), Outcome.CANCELLED, false));
            case Effect.RequestLeads request -> in(40, () -> leads(request));
            case Effect.RequestCallbacks request -> {}
            case Effect.AttemptEnded end -> ended(end);
            case Effect.Entry entry -> in(5, () -> tell(new Event.RecordsStored(1)));
            case Effect.RingAgent ring -> ringAgent(ring.ring());
            case Effect.StopRinging stop ->
                joined.remove(stop.ring().agent(), stop.ring().call());
            case Effect.WarnAgent warn -> {}
            case Effect.StartRecording record -> {}
            case Effect.OpenLine open -> {}
            case Effect.CloseLine close -> {}
            case Effect.AnswerCommand answer -> {}
            case Effect.TrunkStopped stopped -> {}
            case Effect.CallerIdBlocked blocked -> {}
            case Effect.Drained done -> {}
        }
    }

    private void place(Effect.PlaceCall place) {
        CallId call = place.attempt().call();
        long number = place.attempt().order().number().e164();
        assertThat(onPhone.add(number)).as("one attempt in flight per number").isTrue();
        assertThat(live.put(call, number)).as("a call is placed once").isNull();
        assertThat(live.size()).as("calls on a trunk of 40 channels").isLessThanOrEqualTo(40);
        long journal = random.nextInt(30) == 0 ? 1_500L + random.nextInt(2_000) : 1L + random.nextInt(10);
        if (random.nextInt(50) == 0) {
            in(journal, () -> {
                live.remove(call);
                onPhone.remove(number);
                tell(new Event.AttemptRefused(call, random.nextBoolean() ? "in-flight" : "cap.number-day", List.of()));
            });
            return;
        }
        in(journal, () -> tell(new Event.AttemptsRecorded(List.of(call), journal * 1_000_000)));
    }

    private void takeBack(Attempt attempt) {
        assertThat(live.remove(attempt.call())).as("a call is taken back once").isNotNull();
        onPhone.remove(attempt.order().number().e164());
    }

    private void dial(CallId call) {
        assertThat(live).as("only a call that is live is dialled").containsKey(call);
        if (random.nextInt(40) == 0) {
            in(1, () -> tell(new Event.CallNotSent(call, NOT_SENT.get(random.nextInt(NOT_SENT.size())))));
            return;
        }
        long ring = 300L + random.nextInt(20_000);
        in(random.nextInt(200), () -> ring(call));
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

    private void ring(CallId call) {
        if (live.containsKey(call)) {
            tell(new Event.CallRinging(call));
        }
    }

    private void answer(CallId call) {
        if (live.containsKey(call)) {
            answered.add(call);
            tell(new Event.CallAnswered(call));
            in(1_000 + random.nextInt(90_000), () -> hangUp(call, HungUpBy.CUSTOMER));
        }
    }

    private void connect(Effect.Connect connect) {
        CallId call = connect.call();
        assertThat(answered).contains(call);
        assertThat(joined.putIfAbsent(connect.agent(), call))
                .as("an agent on one call")
                .isNull();
        in(3, () -> {
            if (live.containsKey(call) && call.equals(joined.get(connect.agent()))) {
                tell(new Event.CallConnected(call, connect.agent(), 3_000));
            }
        });
    }

    /** The phone answers, soon or late, is busy, or is left to ring; what comes of a ring that is over may still come. */
    private void ringAgent(AgentRing ring) {
        CallId call = ring.call();
        assertThat(answered).contains(call);
        assertThat(joined.putIfAbsent(ring.agent(), call))
                .as("an agent on one call")
                .isNull();
        int fate = random.nextInt(10);
        long after = random.nextInt(fate < 8 ? 1_500 : 4_000);
        in(after, () -> {
            if (fate == 0) {
                joined.remove(ring.agent(), call);
                tell(new Event.AgentMissed(ring, "status 486"));
            } else {
                tell(new Event.AgentAnswered(ring, after * 1_000));
            }
        });
        if (fate == 1) {
            in(after + random.nextInt(20_000), () -> tell(new Event.AgentHungUp(ring)));
        }
    }

    private void fail(CallId call, Outcome outcome, boolean late) {
        if (live.containsKey(call) && !answered.contains(call)) {
            tell(new Event.CallFailed(call, outcome, CallCause.NONE, late));
        }
    }

    private void hangUp(CallId call, HungUpBy by) {
        if (live.containsKey(call)) {
            tell(new Event.CallHungUp(call, by, CallCause.NONE));
        }
    }

    private void ended(Effect.AttemptEnded end) {
        CallId call = end.call().call();
        assertThat(ended.add(call)).as("an attempt ends once").isTrue();
        onPhone.remove(live.remove(call));
        joined.values().remove(call);
        in(5, () -> tell(new Event.RecordsStored(1)));
    }

    private void leads(Effect.RequestLeads request) {
        List<Lead> leads = new ArrayList<>();
        for (int i = 0; i < request.count() / 2; i++) {
            long number = Story.FIRST_NUMBER + random.nextInt(NUMBERS);
            leads.add(new Lead(
                    new LeadId(nextLead++),
                    request.campaign(),
                    new PhoneNumber(number, "US", NumberKind.MOBILE, List.of(Story.ZONE)),
                    0,
                    LeadTraits.NONE,
                    new AttemptHistory()));
        }
        tell(new Event.LeadsArrived(request.campaign(), leads, now.epochMillis() + 5_000));
    }

    /** Checks what can only be checked at the end, and gives the effects, for comparing days. */
    List<Effect> finish() {
        long placed =
                effects.stream().filter(Effect.PlaceCall.class::isInstance).count();
        long refused = effects.stream()
                .filter(Effect.LeadSettled.class::isInstance)
                .map(effect -> ((Effect.LeadSettled) effect).next())
                .filter(next -> next instanceof LeadNext.RetryAt(long at, var refusal) && refusal != null)
                .count();
        assertThat(placed).as("calls placed in the day").isGreaterThan(200);
        assertThat(refused).as("leads refused for their cap").isGreaterThan(0);
        assertThat(live.size()).isEqualTo(engine.snapshot(now).liveCalls());
        assertThat(ended.size() + live.size()).isLessThanOrEqualTo((int) placed);
        return effects;
    }
}
