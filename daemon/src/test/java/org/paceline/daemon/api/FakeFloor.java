package org.paceline.daemon.api;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.agents.AgentDesk;
import org.paceline.daemon.agents.AgentSession;
import org.paceline.daemon.agents.QualificationWord;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.daemon.donotcall.DoNotCallDesk;
import org.paceline.daemon.donotcall.DoNotCallEntry;
import org.paceline.daemon.leads.RefusalDesk;
import org.paceline.daemon.leads.RefusedLead;
import org.paceline.daemon.requests.RefusedInputException;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentDay;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.agent.Qualification;
import org.paceline.dialer.agent.TimeInStates;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.pacing.PacingState;
import org.paceline.dialer.state.IdleReason;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.trunk.AddressStatus;
import org.paceline.dialer.trunk.CallerIdHealth;
import org.paceline.dialer.trunk.RegistrationStatus;
import org.paceline.dialer.trunk.TrunkFigures;
import org.paceline.dialer.trunk.TrunkState;
import org.paceline.dialer.trunk.TrunkTraffic;
import org.paceline.rules.OptOut;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict;

/** An engine with one agent, campaign and trunk, and desks beside it, that answer as they are told. */
public final class FakeFloor implements EnginePort, AgentDesk, DoNotCallDesk, RefusalDesk {
    public @Nullable ScriptFile script;
    List<Snapshot.CampaignStatus> campaigns = List.of(
            campaign("autumn", new IdleReason(IdleReason.Kind.AGENTS_BUSY, "no agent is ready", Long.MAX_VALUE)));
    final List<AgentCommand> commands = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    final List<QualificationWord> words = new ArrayList<>();
    final FakeTrace trace = new FakeTrace();
    final List<String> optedOut = new ArrayList<>();
    Function<AgentCommand, CommandResult> answer = _ -> new CommandResult.Done(AgentState.READY);

    CompletableFuture<@Nullable Void> stored = CompletableFuture.completedFuture(null);

    @Nullable
    RuntimeException failure;

    private static final TrunkFigures FIGURES = new TrunkFigures(
            200,
            50,
            160,
            4_150_000,
            128,
            32,
            96,
            new TrunkFigures.Delay(
                    150, 1_200, 4_000, 240_000, List.of(0L, 10L, 60L, 120L, 140L, 145L, 148L, 150L, 150L, 150L)));

    public Snapshot snapshot() {
        return new Snapshot(
                new Moment(0, 1_795_000_000_000L),
                false,
                3,
                null,
                List.of(new Snapshot.AgentStatus(
                        new AgentId("alice"),
                        AgentState.PAUSED,
                        "lunch",
                        1_795_000_000_000L,
                        Set.of(new CampaignId("autumn"), new CampaignId("spring")),
                        Map.of(new CampaignId("spring"), "not qualified"),
                        null,
                        new CallId(68_719_476_737L),
                        4,
                        new AgentDay(7, 3, 61_000),
                        90_000,
                        talked(61_500),
                        Limit.TALK,
                        Map.of(Limit.TALK, 2L))),
                campaigns,
                List.of(new Snapshot.TrunkStatus(new TrunkId("main"), true, TrunkState.UP, null, 30, 4, 2, 0, FIGURES)),
                List.of(
                        new CallerIdHealth(13_055_550_100L, 7, 5, 5, false, 0, 0),
                        new CallerIdHealth(13_055_550_101L, 3, 1, 1, true, 2, 1_795_000_000_000L)),
                new Snapshot.Network(7, 2, 62, 100, 3, 90),
                Map.of("Ended/CallRinging", 2L),
                new Snapshot.Latency(
                        5,
                        12_000,
                        30_000,
                        31_000,
                        81_000,
                        List.of(0L, 0L, 1L, 2L, 2L, 3L, 5L, 5L, 5L, 5L, 5L, 5L, 5L)));
    }

    @SuppressWarnings("EnumOrdinal") // within one run
    private static TimeInStates talked(long millis) {
        long[] nanos = new long[AgentState.values().length];
        nanos[AgentState.TALKING.ordinal()] = millis * 1_000_000;
        return TimeInStates.ofNanos(nanos);
    }

    static Snapshot.CampaignStatus campaign(String id, IdleReason idle) {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        outcomes.put(Outcome.CONNECTED, 5L);
        outcomes.put(Outcome.NO_ANSWER, 3L);
        return new Snapshot.CampaignStatus(
                new CampaignId(id),
                List.of(idle),
                null,
                "RATIO",
                1.5,
                20,
                4,
                1,
                0,
                2,
                1,
                0,
                0,
                10,
                6,
                1,
                List.of(new Snapshot.Abandonment("uk-ofcom", 6, 1, 1.0 / 6, 0.03, 2)),
                new PacingState(1, 0.4, 6, 1.9, 0.25, 0.05, 0.031, 0.04, 0.6, 2.2, "the risk is too high"),
                new Snapshot.Budget("campaign:autumn", 202611, 500_000_000, 123_456_000, 1_080_000),
                outcomes,
                Map.of(NotSent.NO_RTP_PORT, 2L),
                Map.of(RuleId.WINDOW_WORKDAY, 9L, RuleId.OPTOUT, 2L));
    }

    @Override
    public CompletableFuture<@Nullable Void> stored() {
        return stored;
    }

    @Override
    public List<Snapshot.AgentStatus> agents() {
        return snapshot().agents();
    }

    @Override
    public List<Snapshot.CampaignStatus> campaigns() {
        return campaigns;
    }

    @Override
    public List<Snapshot.TrunkStatus> trunks() {
        return snapshot().trunks();
    }

    @Override
    public List<RegistrationStatus> registrations() {
        return List.of(new RegistrationStatus(new TrunkId("main"), false, 0, "status 403"));
    }

    @Override
    public List<AddressStatus> trunkAddresses() {
        return List.of(
                new AddressStatus(new TrunkId("main"), "sip.example", "192.0.2.1:5060", TrunkState.UP, null, 12_345),
                new AddressStatus(
                        new TrunkId("main"),
                        "sip.example",
                        "[2001:db8::1]:5060",
                        TrunkState.STOPPED,
                        "3 calls without any response",
                        0),
                new AddressStatus(
                        new TrunkId("other"), "192.0.2.9", "192.0.2.9:5060", TrunkState.DOWN, "no answer", 0));
    }

    @Override
    public List<TrunkTraffic> trunkTraffic() {
        return List.of(new TrunkTraffic(
                new TrunkId("main"), new TreeMap<>(Map.of(200, 50L, 486, 90L, 503, 7L, 599, 2L)), 3, 1, 4));
    }

    @Override
    public List<CallerIdHealth> callerIds() {
        return snapshot().callerIds();
    }

    @Override
    public @Nullable ScriptFile script(CampaignId campaign) {
        return script;
    }

    @Override
    public CompletableFuture<CommandResult> command(AgentId agent, AgentCommand command) {
        commands.add(command);
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        return CompletableFuture.completedFuture(answer.apply(command));
    }

    @Override
    public AgentDay today(AgentId agent) {
        return new AgentDay(7, 3, 61_000);
    }

    @Override
    public List<AgentSession> sessions(AgentId agent, long fromEpochMillis, long toEpochMillis) {
        asked.add(agent + " " + fromEpochMillis + " " + toEpochMillis);
        return List.of(
                new AgentSession("n1", List.of("autumn"), 1_795_000_000_000L, 1_795_000_060_000L, "line lost: busy"),
                new AgentSession("n1", List.of("autumn", "spring"), 1_795_000_090_000L, 0, null));
    }

    @Override
    public List<QualificationWord> qualifications(AgentId agent) {
        return words;
    }

    @Override
    public void qualify(Qualification qualification, String by) {
        words.removeIf(word -> word.qualification().campaign().equals(qualification.campaign()));
        if (qualification.lastDay() != Qualification.NONE) {
            words.add(new QualificationWord(1, qualification, by, 1_795_000_000_000L));
        }
    }

    @Override
    public List<RefusedLead> last(CampaignId campaign, long beforeEpochMillis, long beforeLead, int most) {
        return List.of(
                        new RefusedLead(
                                9,
                                "+1305*****23",
                                "optout",
                                "asked",
                                "api:bob",
                                1_795_000_000_000L,
                                Verdict.Refused.NEVER),
                        new RefusedLead(
                                4,
                                "+1305*****24",
                                "gap.number",
                                "too soon",
                                "x",
                                1_794_000_000_000L,
                                1_795_000_000_000L))
                .stream()
                .filter(refused -> refused.refusedAtEpochMillis() < beforeEpochMillis)
                .limit(most)
                .toList();
    }

    @Override
    public Map<String, Long> byRule(CampaignId campaign) {
        return Map.of("optout", 1L);
    }

    @Override
    public String optOut(String number, @Nullable CampaignId campaign, String source, @Nullable String reason) {
        if (!number.startsWith("+")) {
            throw new RefusedInputException("has no country code; write +…");
        }
        optedOut.add(number + " " + campaign + " " + source + " " + reason);
        return "+1305*****23";
    }

    @Override
    public List<DoNotCallEntry> of(String number) {
        return List.of(
                new DoNotCallEntry(
                        13_055_550_123L,
                        new OptOut("file:registry", null, Long.MAX_VALUE, OptOut.Kind.REQUEST),
                        1_794_000_000_000L),
                new DoNotCallEntry(
                        13_055_550_123L,
                        new OptOut("api:bob", "autumn", 1_795_000_000_000L, OptOut.Kind.COMPLAINT),
                        1_794_000_000_000L));
    }

    @Override
    public List<DoNotCallEntry> optIn(
            String number, @Nullable CampaignId campaign, OptOut.Kind kind, String by, String reason) {
        boolean complaint = kind == OptOut.Kind.COMPLAINT;
        optedOut.add("- " + number + " " + campaign + " " + by + " " + reason + (complaint ? " complaint" : ""));
        return number.endsWith("9") ? List.of() : of(number);
    }
}
