package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.AgentDemands;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.campaign.CallTerms;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.campaign.Script;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.trunk.TrunkSettings;
import org.paceline.rules.Budget;
import org.paceline.rules.CampaignStanding;
import org.paceline.rules.CampaignStanding.ApprovalState;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.OptOut;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.RuleBook;
import org.paceline.rules.ScriptState;
import org.paceline.rules.book.CampaignRules;
import org.paceline.rules.book.RuleBooks;
import org.paceline.rules.policy.Policy;
import org.paceline.rules.policy.PolicyLibrary;
import org.paceline.yaml.ConfigProblems;
import org.paceline.yaml.YamlFile;

/**
 * A seeded month of five campaigns in virtual time on the production engine and rule books: they share numbers and agents, one has a budget;
 * now and then the daemon is killed and starts anew, the clock is set, somebody asks not to be called. {@link MonthRules}
 * hears of every dial.
 */
final class SimulatedMonth {
    private static final ZoneId CENTRE = ZoneId.of("Europe/London");
    private static final TrunkId TRUNK = new TrunkId("carrier");
    private static final Tariff TARIFF = new Tariff(Map.of(
            Tariff.ANY,
            new Tariff.Rate(10_000, 0, 1_000, 1_000),
            33L,
            new Tariff.Rate(20_000, 0, 1_000, 1_000),
            336L,
            new Tariff.Rate(100_000, 50_000, 60_000, 6_000)));
    private static final int NUMBERS_PER_CAMPAIGN = 150;
    private static final long BUSY_TICK_MILLIS = 1_000;

    private final MonthRules rules = new MonthRules();
    private final Map<String, RuleBook> books = new LinkedHashMap<>();
    private final Map<String, Budget> budgets = new HashMap<>();
    private final MonthDatabase database;
    private final Random random;
    private final PriorityQueue<Due> agenda = new PriorityQueue<>();
    private final Map<CallId, Attempt> live = new HashMap<>();
    private final Map<CallId, Long> answeredAtNanos = new HashMap<>();
    private Moment now;
    private Engine engine;
    private int run;
    private int ties;

    private record Due(long nanos, int tie, int run, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return nanos == other.nanos ? Integer.compare(tie, other.tie) : Long.compare(nanos, other.nanos);
        }
    }

    SimulatedMonth(long seed, LocalDate first) {
        random = new Random(seed);
        database = new MonthDatabase(random);
        now = new Moment(
                1_000_000_000L, first.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
        engine = nextEngine();
        PolicyLibrary library = PolicyLibrary.builtIn();
        open(
                library,
                "us",
                List.of("us-federal", "us-fl"),
                "",
                numbers("+1305555", "+1907555", "+1787555", "+1800555"));
        open(library, "debts", List.of("us-reg-f"), "", numbers("+1305555", "+1907555", "+1212555", "+1480555"));
        open(
                library,
                "fr",
                List.of("fr"),
                "budget: {month: " + MonthRules.FRENCH_BUDGET + ", reserve: 2m}",
                numbers("+33142680", "+33612345"));
        open(library, "uk", List.of("uk-ofcom"), "", numbers("+44207946", "+44740012"));
        open(
                library,
                "cn",
                List.of("cn-telesales"),
                "class-of-service: {granted: national, home: [\"+86\"]}\nrecording-notice: told.wav",
                numbers("+86138001", "+86105555"));
    }

    private void open(
            PolicyLibrary library, String campaign, List<String> ids, String keys, List<PhoneNumber> numbers) {
        ConfigProblems problems = new ConfigProblems();
        List<Policy> policies = ids.stream().map(id -> known(library, id)).toList();
        CampaignRules own = CampaignRules.read(
                YamlFile.parse(campaign + ".yaml", "caller-ids: [\"+12025550100\"]\n" + keys, problems),
                campaign,
                CENTRE);
        problems.throwIfAny();
        books.put(campaign, RuleBooks.compile(policies, own));
        budgets.put(campaign, own.budget());
        numbers.forEach(number -> database.add(new CampaignId(campaign), number));
    }

    private static Policy known(PolicyLibrary library, String id) {
        return Objects.requireNonNull(library.policy(id), id);
    }

    private static List<PhoneNumber> numbers(String... prefixes) {
        NumberPlan plan = new NumberPlan();
        List<PhoneNumber> numbers = new ArrayList<>();
        for (String prefix : prefixes) {
            int digits = lengthOf(prefix) - prefix.length();
            for (int i = 0; i < NUMBERS_PER_CAMPAIGN / prefixes.length; i++) {
                String text = prefix + String.format(Locale.ROOT, "%0" + digits + "d", i);
                if (plan.parse(text, null) instanceof NumberPlan.Parsed.Valid(PhoneNumber number)) {
                    numbers.add(number);
                }
            }
        }
        assertThat(numbers).hasSizeGreaterThan(NUMBERS_PER_CAMPAIGN / 3);
        return numbers;
    }

    private static int lengthOf(String prefix) {
        if (prefix.startsWith("+44") || prefix.startsWith("+8610")) {
            return 13;
        }
        return prefix.startsWith("+86") ? 14 : 12;
    }

    /** @return dials per campaign */
    Map<String, Long> run(int days) {
        long end = now.nanos() + days * 86_400_000_000_000L;
        start();
        in(hours(2, 20), this::killDaemon);
        in(hours(5, 40), this::stepClock);
        in(hours(1, 10), this::optOut);
        while (now.nanos() < end) {
            Due due = agenda.peek();
            long tick = now.nanos() + BUSY_TICK_MILLIS * 1_000_000;
            if (due != null && due.nanos <= tick) {
                agenda.poll();
                at(due.nanos);
                if (due.run == run || due.run < 0) {
                    due.action.run();
                }
            } else {
                at(tick);
                tell(Event.Ticked.INSTANCE);
            }
        }
        return rules.finish();
    }

    private long hours(int least, int most) {
        return (long) ((least + random.nextDouble() * (most - least)) * 3_600_000);
    }

    private Engine nextEngine() {
        run++;
        return new Engine(new EngineSettings((long) run << CallId.RUN_SHIFT, CENTRE, 64, 10_000, 1_000_000_000L), now);
    }

    private void start() {
        engine = nextEngine();
        tell(new Event.TrunkConfigured(new TrunkSettings(TRUNK, 200, 0, 100, 1, TARIFF)));
        tell(new Event.TrunkChanged(TRUNK, true, 0, "answers"));
        database.spent().forEach(spent -> tell(new Event.SpentElsewhere(spent)));
        database.optOuts().forEach((number, entry) -> tell(new Event.NumberOptedOut(number, entry)));
        books.forEach((name, book) -> tell(new Event.CampaignConfigured(settings(name, book))));
        int agent = 0;
        for (String campaign : books.keySet()) {
            signIn(new AgentId("agent" + agent++), Set.of(new CampaignId(campaign)));
        }
        signIn(new AgentId("us-both"), Set.of(new CampaignId("us"), new CampaignId("debts")));
        signIn(
                new AgentId("all"),
                Set.copyOf(books.keySet().stream().map(CampaignId::new).toList()));
    }

    private CampaignSettings settings(String campaign, RuleBook book) {
        return new CampaignSettings(
                new CampaignId(campaign),
                new CampaignStanding(ApprovalState.RUNNING, 0, Long.MAX_VALUE),
                book,
                new RetryPlan(
                        200,
                        Map.of(
                                Outcome.NO_ANSWER, 600_000L,
                                Outcome.BUSY, 300_000L,
                                Outcome.ABANDONED, 60_000L,
                                Outcome.INTERRUPTED, 0L,
                                Outcome.CONNECTED, 7_200_000L,
                                Outcome.CALLER_HUNG_UP, 600_000L,
                                Outcome.CANCELLED, 0L)),
                new PacingSettings(campaign.equals("debts") ? DialMode.PROGRESSIVE : DialMode.RATIO, 3, 50),
                Objects.requireNonNull(budgets.get(campaign)),
                12_025_550_100L,
                List.of(TRUNK),
                20_000,
                AgentTerms.wrapUp(10_000),
                CallTerms.FREE,
                AgentDemands.NONE,
                RecordingDirective.NEVER,
                null,
                null,
                new Script("v1", ScriptState.APPROVED));
    }

    private void signIn(AgentId agent, Set<CampaignId> campaigns) {
        tell(new Event.AgentCommanded(
                1, agent, new AgentCommand.SignIn(new AgentAddress("sip:" + agent), campaigns, 0)));
        tell(new Event.LineOpened(agent));
        tell(new Event.AgentCommanded(2, agent, new AgentCommand.Ready()));
    }

    /** {@code kill -9}: what was in memory is gone, what was under way is interrupted, the next run begins at once. */
    private void killDaemon() {
        live.values().forEach(attempt -> {
            database.interrupted(attempt, now.epochMillis());
            rules.interrupted(attempt.order().number().e164());
        });
        live.clear();
        answeredAtNanos.clear();
        database.releaseLeases();
        start();
        inAnyRun(hours(2, 30), this::killDaemon);
    }

    /** Somebody sets the clock, by up to two hours back or forth. */
    private void stepClock() {
        long stepMillis = random.nextInt(4 * 3_600_000) - 2 * 3_600_000L;
        now = new Moment(now.nanos(), now.epochMillis() + stepMillis);
        inAnyRun(hours(10, 60), this::stepClock);
    }

    private void optOut() {
        long number = database.anyNumber();
        OptOut entry = new OptOut("api:test", null, Long.MAX_VALUE);
        database.optOut(number, entry);
        rules.optedOut(number);
        tell(new Event.NumberOptedOut(number, entry));
        inAnyRun(hours(5, 30), this::optOut);
    }

    private void at(long nanos) {
        now = now.plusMillis(Math.max(0, (nanos - now.nanos()) / 1_000_000));
    }

    private void in(long millis, Runnable action) {
        agenda.add(new Due(now.nanos() + millis * 1_000_000, ties++, run, action));
    }

    private void inAnyRun(long millis, Runnable action) {
        agenda.add(new Due(now.nanos() + millis * 1_000_000, ties++, -1, action));
    }

    private void tell(Event event) {
        List<Effect> effects = new ArrayList<>();
        engine.on(event, now, effects::add);
        effects.forEach(this::perform);
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.PlaceCall place -> place(place.attempt());
            case Effect.TakeBack back -> takeBack(back.attempt());
            case Effect.Dial dial -> dial(Objects.requireNonNull(live.get(dial.call())));
            case Effect.Connect connect -> in(3, () -> joined(connect));
            case Effect.Announce announce -> in(3_000, () -> hangUp(announce.call(), HungUpBy.ANNOUNCEMENT_END));
            case Effect.HangUp hangUp -> in(20, () -> hangUp(hangUp.call(), HungUpBy.US));
            case Effect.CancelCall cancel -> in(30, () -> fail(cancel.call(), Outcome.CANCELLED));
            case Effect.RequestLeads request -> in(40, () -> leads(request));
            case Effect.RequestCallbacks request -> {}
            case Effect.AttemptEnded end -> ended(end);
            case Effect.LeadSettled settled -> {
                database.settled(settled.lead(), settled.next());
                stored();
            }
            case Effect.Entry entry -> stored();
            case Effect.RingAgent ring -> throw new IllegalStateException("all have lines: " + ring);
            case Effect.StopRinging stop -> throw new IllegalStateException("all have lines: " + stop);
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

    private void stored() {
        in(5, () -> tell(new Event.RecordsStored(1)));
    }

    private void place(Attempt attempt) {
        CallId call = attempt.call();
        database.attempted(attempt);
        live.put(call, attempt);
        in(2, () -> tell(new Event.AttemptsRecorded(List.of(call), 2_000_000)));
    }

    private void takeBack(Attempt attempt) {
        live.remove(attempt.call());
        database.takenBack(attempt);
    }

    private void dial(Attempt attempt) {
        CallId call = attempt.call();
        rules.dialled(
                attempt.order().campaign().value(),
                attempt.order().number(),
                now.epochMillis(),
                attempt.chargedTo() != null);
        long ring = 1_000L + random.nextInt(18_000);
        in(500, () -> {
            if (live.containsKey(call)) {
                tell(new Event.CallRinging(call));
            }
        });
        int fate = random.nextInt(100);
        if (fate < 40) {
            in(ring, () -> answer(call));
        } else if (fate < 50) {
            in(ring, () -> fail(call, Outcome.BUSY));
        } else if (fate < 51) {
            in(ring, () -> unwanted(attempt));
        } else {
            in(20_600, () -> fail(call, Outcome.NO_ANSWER));
        }
    }

    private void answer(CallId call) {
        if (live.containsKey(call)) {
            answeredAtNanos.put(call, now.nanos());
            tell(new Event.CallAnswered(call));
            in(5_000 + random.nextInt(240_000), () -> hangUp(call, HungUpBy.CUSTOMER));
        }
    }

    private void joined(Effect.Connect connect) {
        if (live.containsKey(connect.call())) {
            tell(new Event.CallConnected(connect.call(), connect.agent(), 3_000));
        }
    }

    private void unwanted(Attempt attempt) {
        if (live.containsKey(attempt.call())) {
            rules.optedOut(attempt.order().number().e164());
            database.optOut(attempt.order().number().e164(), new OptOut("sip:607", null, Long.MAX_VALUE));
            tell(new Event.CallFailed(attempt.call(), Outcome.UNWANTED, new CallCause(607, 0, 0), false));
        }
    }

    private void fail(CallId call, Outcome outcome) {
        if (live.containsKey(call) && !answeredAtNanos.containsKey(call)) {
            tell(new Event.CallFailed(call, outcome, CallCause.NONE, false));
        }
    }

    private void hangUp(CallId call, HungUpBy by) {
        if (live.containsKey(call)) {
            tell(new Event.CallHungUp(call, by, CallCause.NONE));
        }
    }

    private void ended(Effect.AttemptEnded end) {
        Attempt attempt = Objects.requireNonNull(live.remove(end.call().call()), "an attempt ends once");
        Long answeredAt = answeredAtNanos.remove(end.call().call());
        rules.ended(attempt.order().number().e164(), answeredAt == null ? -1 : (now.nanos() - answeredAt) / 1_000_000);
        if (end.call().outcome() == Outcome.ABANDONED) {
            rules.abandoned(attempt.order().number().e164(), now.epochMillis());
        }
        if (end.call().outcome() == Outcome.CONNECTED) {
            rules.talked(attempt.order().number().e164(), now.epochMillis());
        }
        database.ended(attempt, end.call(), end.next());
        stored();
    }

    private void leads(Effect.RequestLeads request) {
        tell(database.lease(request.campaign(), request.count(), now.epochMillis(), books));
    }
}
