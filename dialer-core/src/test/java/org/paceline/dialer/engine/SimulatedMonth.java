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
import java.util.Random;
import java.util.Set;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.AgentDemands;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.campaign.CallTerms;
import org.paceline.dialer.campaign.CallerIdPlan;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.campaign.Script;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.dialer.port.LeadSource;
import org.paceline.dialer.simulation.Agents;
import org.paceline.dialer.simulation.Behaviours;
import org.paceline.dialer.simulation.VirtualWorld;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.trunk.TrunkSettings;
import org.paceline.rules.Budget;
import org.paceline.rules.CampaignApproval;
import org.paceline.rules.CampaignApproval.ApprovalState;
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
final class SimulatedMonth implements LeadSource {
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
    private static final long MILLI = 1_000_000;
    private static final long QUIET_NANOS = 1_000 * MILLI;

    private final MonthRules rules = new MonthRules();
    private final Map<String, RuleBook> books = new LinkedHashMap<>();
    private final Map<String, Budget> budgets = new HashMap<>();
    private final MonthDatabase database;
    private final Random random;
    private final VirtualWorld world;
    private MonthCalls calls;
    private int run = 1;

    SimulatedMonth(long seed, LocalDate first) {
        random = new Random(seed);
        database = new MonthDatabase(random);
        world = new VirtualWorld(new Moment(
                1_000_000_000L, first.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()));
        calls = new MonthCalls(world, random, database, rules);
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
        start();
        in(hours(2, 20), this::killDaemon);
        in(hours(5, 40), this::stepClock);
        in(hours(1, 10), this::optOut);
        world.passWithTicksInQuiet(world.nanos() + days * 86_400_000L * MILLI, QUIET_NANOS);
        return rules.finish();
    }

    private long hours(int least, int most) {
        return (long) ((least + random.nextDouble() * (most - least)) * 3_600_000);
    }

    private void start() {
        run++;
        Engine engine = new Engine(
                new EngineSettings((long) run << CallId.RUN_SHIFT, CENTRE, 64, 10_000, 1_000_000_000L), world.now());
        calls = new MonthCalls(world, random, database, rules);
        world.begin(engine::on, new Behaviours(calls, calls, this, calls, Agents.PASSIVE));
        world.tell(new Event.TrunkConfigured(new TrunkSettings(TRUNK, 200, 0, 100, 1, TARIFF)));
        world.tell(new Event.TrunkChanged(TRUNK, true, 0, "answers"));
        database.spent().forEach(spent -> world.tell(new Event.SpentElsewhere(spent)));
        database.optOuts().forEach((number, entry) -> world.tell(new Event.NumberOptedOut(number, entry)));
        books.forEach((name, book) -> world.tell(new Event.CampaignConfigured(settings(name, book))));
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
                new CampaignApproval(ApprovalState.RUNNING, 0, Long.MAX_VALUE),
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
                CallerIdPlan.fixed(12_025_550_100L),
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
        world.tell(new Event.AgentCommanded(
                1, agent, new AgentCommand.SignIn(new AgentAddress("sip:" + agent), campaigns, 0)));
        world.tell(new Event.LineOpened(agent));
        world.tell(new Event.AgentCommanded(2, agent, new AgentCommand.Ready()));
    }

    /** {@code kill -9}: what was in memory is gone, what was under way is interrupted, the next run begins at once. */
    private void killDaemon() {
        calls.interrupt();
        database.releaseLeases();
        start();
        inEveryRun(hours(2, 30), this::killDaemon);
    }

    /** Somebody sets the clock, by up to two hours back or forth. */
    private void stepClock() {
        long stepMillis = random.nextInt(4 * 3_600_000) - 2 * 3_600_000L;
        world.stepClock(stepMillis);
        inEveryRun(hours(10, 60), this::stepClock);
    }

    private void optOut() {
        long number = database.anyNumber();
        OptOut entry = new OptOut("api:test", null, Long.MAX_VALUE);
        database.optOut(number, entry);
        rules.optedOut(number);
        world.tell(new Event.NumberOptedOut(number, entry));
        inEveryRun(hours(5, 30), this::optOut);
    }

    private void in(long millis, Runnable action) {
        world.in(millis * MILLI, action);
    }

    private void inEveryRun(long millis, Runnable action) {
        world.inEveryRun(millis * MILLI, action);
    }

    @Override
    public void request(CampaignId campaign, int count) {
        in(40, () -> world.tell(database.lease(campaign, count, world.epochMillis(), books)));
    }

    /** Nobody is promised a call. */
    @Override
    public void requestCallbacks(CampaignId campaign, Set<AgentId> agents, long graceMillis) {}
}
