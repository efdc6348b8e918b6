package org.paceline.dialer.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.port.LeadSource;
import org.paceline.dialer.time.Moment;

class VirtualWorldTest {
    private static final long MILLI = 1_000_000;
    private static final long START = 7 * MILLI;
    private static final AgentId ALICE = new AgentId("alice");
    private static final CampaignId SPRING = new CampaignId("spring");

    private final VirtualWorld world = new VirtualWorld(new Moment(START, 1_000));
    private final List<String> seen = new ArrayList<>();
    private final List<Effect> answers = new ArrayList<>();

    /** Notes what it is told and when; each event that is no tick has the answers as effects, once. */
    private void given() {
        begin(entry -> seen.add("kept"));
    }

    private void begin(EntryStore store) {
        world.begin(
                (event, now, effects) -> {
                    seen.add((now.nanos() - START) / MILLI + " "
                            + event.getClass().getSimpleName());
                    if (!(event instanceof Event.Ticked)) {
                        List<Effect> due = List.copyOf(answers);
                        answers.clear();
                        due.forEach(effects);
                    }
                },
                new Behaviours(new Unused(), new Lines(world), new NoLeads(), store, new Agents() {
                    @Override
                    public void changed(Effect.AgentChanged changed) {
                        seen.add("changed");
                    }
                }));
    }

    @Test
    void shouldDoWhatIsDueInOrderOfTimeAndThenOfWhatWasPutDownFirst() {
        given();
        world.in(2 * MILLI, () -> seen.add("second"));
        world.in(MILLI, () -> seen.add("first"));
        world.in(2 * MILLI, () -> seen.add("third"));
        world.tellIn(2 * MILLI, new Event.LineOpened(ALICE));

        world.tick(START + 3 * MILLI);

        assertThat(seen).containsExactly("first", "second", "third", "2 LineOpened", "3 Ticked");
        assertThat(world.now()).isEqualTo(new Moment(START + 3 * MILLI, 1_003));
    }

    @Test
    void shouldPerformAllEffectsOfAnEventBeforeAnythingElse() {
        given();
        answers.add(new Effect.OpenLine(ALICE, new AgentAddress("sip:alice")));
        answers.add(new Effect.AgentChanged(ALICE, AgentState.READY, null, null, 0));
        world.watch(effect -> seen.add(effect.getClass().getSimpleName()));
        world.in(MILLI, () -> seen.add("later"));

        world.tell(new Event.LeadsChanged(SPRING));
        world.tick(START + 6 * MILLI);

        assertThat(seen)
                .containsExactly(
                        "0 LeadsChanged",
                        "OpenLine",
                        "AgentChanged",
                        "kept",
                        "changed",
                        "later",
                        "5 LineOpened",
                        "6 Ticked");
    }

    @Test
    void shouldTickAtRegularDistancesOrOnlyInQuiet() {
        given();
        LongStream.of(3, 4, 8).forEach(at -> world.tellIn(at * MILLI, new Event.LineOpened(ALICE)));
        world.passWithTicksInQuiet(START + 8 * MILLI, 3 * MILLI);
        assertThat(seen).containsExactly("3 LineOpened", "4 LineOpened", "7 Ticked", "8 LineOpened");

        seen.clear();
        world.tellIn(MILLI, new Event.LineOpened(ALICE));
        world.passWithTicks(START + 13 * MILLI, 2 * MILLI);
        assertThat(seen).containsExactly("9 LineOpened", "10 Ticked", "12 Ticked", "13 Ticked");
    }

    @Test
    void shouldDoLateWhatCameDueInAStall() {
        given();
        world.tellIn(MILLI, new Event.LineOpened(ALICE));
        world.tellIn(9 * MILLI, new Event.LineOpened(ALICE));

        world.stall(START + 5 * MILLI);

        assertThat(world.next(START + 5 * MILLI)).isTrue();
        assertThat(world.next(START + 5 * MILLI)).isFalse();
        assertThat(seen).containsExactly("5 LineOpened");
    }

    @Test
    void shouldForgetWhatAnEarlierRunPutDownButNotWhatIsForEveryRun() {
        given();
        world.in(MILLI, () -> seen.add("of the first run"));
        world.inEveryRun(2 * MILLI, () -> seen.add("of every run"));
        given();
        world.in(3 * MILLI, () -> seen.add("of the second run"));

        world.tick(START + 4 * MILLI);

        assertThat(seen).containsExactly("of every run", "of the second run", "4 Ticked");
    }

    @Test
    void shouldStepTheWallClockAndNotTheMonotonicOne() {
        given();
        world.stepClock(-400);
        assertThat(world.now()).isEqualTo(new Moment(START, 600));
        world.tick(START + 10 * MILLI);
        assertThat(world.now()).isEqualTo(new Moment(START + 10 * MILLI, 610));
        assertThat(world.epochMillisAt(START + 30 * MILLI)).isEqualTo(630);
    }

    @Test
    void shouldRefuseEventsBeforeAnEngineRuns() {
        assertThatThrownBy(() -> world.tell(Event.Ticked.INSTANCE)).hasMessageContaining("no engine runs");
    }

    @Test
    void shouldRefuseBehaviourThatTellsWhileItPerforms() {
        answers.add(new Effect.AgentChanged(ALICE, AgentState.READY, null, null, 0));
        begin(_ -> world.tell(Event.Ticked.INSTANCE));

        assertThatThrownBy(() -> world.tell(new Event.LeadsChanged(SPRING)))
                .hasMessageContaining("must use the agenda");
    }

    @Test
    void shouldDropEffectsOfAnEngineThatIsReplacedWhileTheyArePerformed() {
        answers.add(new Effect.AgentChanged(ALICE, AgentState.READY, null, null, 0));
        answers.add(new Effect.AgentChanged(ALICE, AgentState.PAUSED, "coffee", null, 0));
        begin(_ -> {
            seen.add("killed");
            given();
            world.tell(Event.Ticked.INSTANCE);
        });

        world.tell(new Event.LeadsChanged(SPRING));

        assertThat(seen)
                .as("of two changes the one in hand is performed to its end")
                .containsExactly("0 LeadsChanged", "killed", "0 Ticked", "changed");
    }

    @Test
    void shouldKeepEntriesInBatches() {
        List<Event> told = new ArrayList<>();
        BatchStore store = new BatchStore(world, 5 * MILLI, MILLI, 2);
        world.begin(
                (event, _, _) -> told.add(event),
                new Behaviours(new Unused(), new Lines(world), new NoLeads(), store, Agents.PASSIVE));
        for (int i = 0; i < 5; i++) {
            store.keep(new Effect.AgentChanged(ALICE, AgentState.READY, null, null, 0));
        }

        world.next(START + 5 * MILLI);
        world.next(START + 6 * MILLI);
        assertThat(told).containsExactly(new Event.EntriesStored(2), new Event.EntriesStored(2));
        assertThat(world.next(START + 7 * MILLI)).isTrue();
        assertThat(told).last().isEqualTo(new Event.EntriesStored(1));
        assertThat(world.next(Long.MAX_VALUE)).isFalse();
    }

    private static final class Unused implements Journal {
        @Override
        public void write(Attempt attempt) {
            throw new AssertionError("nothing is placed");
        }

        @Override
        public void takeBack(Effect.TakeBack back) {
            throw new AssertionError("nothing is taken back");
        }
    }

    private static final class NoLeads implements LeadSource {
        @Override
        public void request(CampaignId campaign, int count) {}

        @Override
        public void requestCallbacks(CampaignId campaign, Set<AgentId> agents, long graceMillis) {}
    }

    /** Lines that come up after 5 ms, and no calls. */
    private static final class Lines extends SimulatedTelephony {
        private Lines(VirtualWorld world) {
            super(world, 5 * MILLI);
        }

        @Override
        public void dial(CallId call, DialOrder order) {}

        @Override
        public void cancel(CallId call) {}

        @Override
        public void connect(CallId call, AgentId agent) {}

        @Override
        public void announce(CallId call, Announcement announcement) {}

        @Override
        public void hangUp(CallId call, HangUpCause cause) {}
    }
}
