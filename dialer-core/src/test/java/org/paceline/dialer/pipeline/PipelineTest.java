package org.paceline.dialer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.AgentDemands;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.campaign.CallTerms;
import org.paceline.dialer.campaign.CallerIdPlan;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.engine.EngineSettings;
import org.paceline.dialer.engine.FakeRules;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadTraits;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.dialer.port.AttemptJournal;
import org.paceline.dialer.port.LeadSource;
import org.paceline.dialer.port.Telephony;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.trunk.TrunkSettings;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.Budget;
import org.paceline.rules.CampaignApproval;
import org.paceline.rules.NumberKind;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.RuleId;

class PipelineTest {
    private static final CampaignId SPRING = new CampaignId("spring");
    private static final AgentId ALICE = new AgentId("alice");

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<CallId> dialled = new CopyOnWriteArrayList<>();
    private final List<Effect.Entry> stored = new CopyOnWriteArrayList<>();
    private final AtomicInteger journalFailures = new AtomicInteger();
    private final AtomicInteger storeFailures = new AtomicInteger();
    private volatile Function<Attempt, AttemptJournal.@Nullable CapReached> against = attempt -> null;
    private volatile long clockJumpNanos;

    private final List<String> deaths = new CopyOnWriteArrayList<>();
    private final ThreadWatch threads =
            new ThreadWatch(System::nanoTime, (thread, cause) -> deaths.add(thread + ": " + cause.getMessage()));
    private final Pipeline pipeline = new Pipeline(
            EngineSettings.withDefaults(1, ZoneId.of("UTC")),
            PipelineSettings.withDefaults(
                    () -> new Moment(System.nanoTime() + clockJumpNanos, System.currentTimeMillis())),
            threads);

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void shouldDialOnlyWhatIsRecorded() {
        start(3);
        await().until(() -> dialled.size() == 3);

        assertThat(log.getFirst()).startsWith("stored");
        for (CallId call : dialled) {
            assertThat(log.indexOf("stored " + call)).isLessThan(log.indexOf("dialled " + call));
        }
    }

    @Test
    void shouldDialNothingWhileJournalFailsAndGoOnWhenItWorks() {
        journalFailures.set(3);
        start(1);
        await().until(() -> dialled.size() == 1);

        assertThat(log).containsSubsequence("journal down", "journal down", "journal down");
    }

    @Test
    void shouldNotDialWhatTheDatabaseRefuses() {
        against = attempt -> new AttemptJournal.CapReached(RuleId.OPTOUT, List.of());
        start(2);
        await().until(() ->
                stored.stream().filter(Effect.LeadSettled.class::isInstance).count() == 2);

        assertThat(dialled).isEmpty();
    }

    @Test
    void shouldDialWhatWasRecordedLateAndIsStillWanted() {
        against = attempt -> {
            clockJumpNanos = Duration.ofSeconds(2).toNanos();
            return null;
        };
        start(1);
        await().until(() -> dialled.size() == 1);
    }

    @Test
    void shouldTakeBackWhatWasRecordedAsTheOnlyAgentLeft() {
        against = attempt -> {
            assertThat(pipeline.command(ALICE, new AgentCommand.Pause("coffee")))
                    .succeedsWithin(Duration.ofSeconds(5));
            return null;
        };
        start(1);
        await().until(() -> log.stream().anyMatch(line -> line.startsWith("taken back")));

        assertThat(dialled).isEmpty();
        assertThat(stored).noneMatch(Effect.AttemptEnded.class::isInstance);
    }

    @Test
    void shouldTakeBackBeforeItClosesWhatIsRecordedMeanwhile() throws InterruptedException {
        CountDownLatch recording = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        against = attempt -> {
            recording.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        };
        start(1);
        recording.await();
        var _ = pipeline.drain(1_000);
        goOn.countDown();
        pipeline.close();

        assertThat(log).anyMatch(line -> line.startsWith("taken back"));
        assertThat(dialled).isEmpty();
    }

    @Test
    void shouldKeepEveryEntryInOrderThroughStoreFailures() {
        storeFailures.set(2);
        start(3);
        await().until(() -> dialled.size() == 3);
        for (CallId call : dialled) {
            pipeline.publish(new Event.CallFailed(call, Outcome.BUSY, CallCause.NONE, false));
        }
        await().until(() ->
                stored.stream().filter(Effect.AttemptEnded.class::isInstance).count() == 3);

        assertThat(stored.stream()
                        .filter(Effect.AttemptEnded.class::isInstance)
                        .map(entry -> ((Effect.AttemptEnded) entry).call().call()))
                .containsExactlyElementsOf(dialled);
    }

    @Test
    void shouldAnswerCommandsAndShowThemInTheSnapshot() {
        start(0);
        CommandResult result =
                pipeline.command(new AgentId("bob"), new AgentCommand.Ready()).join();
        assertThat(result).isInstanceOf(CommandResult.Refused.class);

        await().until(() -> pipeline.snapshot().agents().stream()
                .anyMatch(agent -> agent.id().equals(ALICE) && agent.state() == AgentState.READY));
    }

    @Test
    void shouldCompleteDrainWhenNoCallIsLive() {
        start(1);
        await().until(() -> dialled.size() == 1);
        var drained = pipeline.drain(60_000);
        assertThat(drained).isNotDone();
        pipeline.publish(new Event.CallFailed(dialled.getFirst(), Outcome.BUSY, CallCause.NONE, false));

        assertThat(drained).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void shouldTellFailureWhenAnInvariantBreaks() {
        against = attempt -> {
            throw new IllegalStateException("broken for a test");
        };
        start(1);

        await().untilAsserted(() -> assertThat(deaths).containsExactly("dialer-journal: broken for a test"));
    }

    private void start(int leads) {
        pipeline.start(telephony(), new Journal(), this::store, noLeads());
        TrunkId trunk = new TrunkId("carrier");
        pipeline.publish(new Event.TrunkConfigured(new TrunkSettings(trunk, 100, 0, 1_000, 1, null)));
        pipeline.publish(new Event.TrunkChanged(trunk, true, 0, "answers"));
        pipeline.publish(new Event.CampaignConfigured(new CampaignSettings(
                SPRING,
                new CampaignApproval(CampaignApproval.ApprovalState.RUNNING, 0, Long.MAX_VALUE),
                new FakeRules(),
                new RetryPlan(1, Map.of()),
                new PacingSettings(DialMode.RATIO, 3, 100),
                Budget.unlimited("campaign:spring"),
                CallerIdPlan.fixed(12_025_550_100L),
                List.of(trunk),
                20_000,
                AgentTerms.wrapUp(0),
                CallTerms.FREE,
                AgentDemands.NONE,
                RecordingDirective.NEVER,
                null,
                null,
                null)));
        List<Lead> list = new ArrayList<>();
        for (int i = 0; i < leads; i++) {
            PhoneNumber number =
                    new PhoneNumber(13_055_550_000L + i, "US", NumberKind.MOBILE, List.of(ZoneId.of("UTC")));
            list.add(new Lead(new LeadId(i + 1), SPRING, number, 0, LeadTraits.NONE, new AttemptHistory()));
        }
        pipeline.publish(new Event.LeadsArrived(SPRING, list, Long.MAX_VALUE));
        AgentAddress phone = new AgentAddress("sip:a@127.0.0.1");
        assertThat(pipeline.command(ALICE, new AgentCommand.SignIn(phone, Set.of(SPRING), 0)))
                .succeedsWithin(Duration.ofSeconds(5));
        pipeline.publish(new Event.LineOpened(ALICE));
        assertThat(pipeline.command(ALICE, new AgentCommand.Ready())).succeedsWithin(Duration.ofSeconds(5));
    }

    private final class Journal implements AttemptJournal {
        @Override
        public List<@Nullable CapReached> append(List<Attempt> batch) throws JournalUnavailableException {
            return PipelineTest.this.append(batch);
        }

        @Override
        public void takeBack(List<Effect.TakeBack> batch) {
            batch.forEach(one -> log.add("taken back " + one.attempt().call()));
        }
    }

    private List<AttemptJournal.@Nullable CapReached> append(List<Attempt> batch)
            throws AttemptJournal.JournalUnavailableException {
        if (journalFailures.getAndDecrement() > 0) {
            log.add("journal down");
            throw new AttemptJournal.JournalUnavailableException("down", new IOException("for a test"));
        }
        List<AttemptJournal.@Nullable CapReached> answers = new ArrayList<>();
        for (Attempt attempt : batch) {
            answers.add(against.apply(attempt));
            log.add("stored " + attempt.call());
        }
        return answers;
    }

    private void store(List<Effect.Entry> batch) throws Exception {
        if (storeFailures.getAndDecrement() > 0) {
            throw new IOException("for a test");
        }
        stored.addAll(batch);
    }

    private static LeadSource noLeads() {
        return new LeadSource() {
            @Override
            public void request(CampaignId campaign, int count) {}

            @Override
            public void requestCallbacks(CampaignId campaign, Set<AgentId> agents, long graceMillis) {}
        };
    }

    private Telephony telephony() {
        return new Telephony() {
            @Override
            public void dial(CallId call, DialOrder order) {
                log.add("dialled " + call);
                dialled.add(call);
            }

            @Override
            public void cancel(CallId call) {}

            @Override
            public void connect(CallId call, AgentId agent) {}

            @Override
            public void ringAgent(AgentRing ring, AgentAddress at) {}

            @Override
            public void stopRinging(AgentRing ring) {}

            @Override
            public void warnAgent(CallId call) {}

            @Override
            public void record(CallId call) {}

            @Override
            public void announce(CallId call, Announcement announcement) {}

            @Override
            public void hangUp(CallId call, HangUpCause cause) {}

            @Override
            public void openLine(AgentId agent, AgentAddress at) {}

            @Override
            public void closeLine(AgentId agent) {}
        };
    }
}
