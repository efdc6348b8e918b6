package org.paceline.rules.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.Budget;
import org.paceline.rules.BudgetFacts;
import org.paceline.rules.DialRequest;
import org.paceline.rules.LeadFacts;
import org.paceline.rules.NumberKind;
import org.paceline.rules.OptOut;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RuleBook;
import org.paceline.rules.ScriptState;
import org.paceline.rules.Territory;
import org.paceline.rules.Verdict;
import org.paceline.rules.Verdict.Refused;
import org.paceline.rules.calendar.CallingHours;
import org.paceline.rules.calendar.DayWindow;
import org.paceline.rules.policy.BlockedNumbers;
import org.paceline.rules.policy.Cap;
import org.paceline.rules.policy.Policy;
import org.paceline.yaml.ConfigProblems;
import org.paceline.yaml.YamlFile;
import org.paceline.yaml.YamlMap;

/** The compiled book against the slow judge, on random requests near everything that turns a verdict. */
class RuleBookAgainstReferenceTest {
    private static final int REQUESTS = Integer.getInteger("paceline.reference.requests", 50_000);
    private static final long SEED = Long.getLong("paceline.reference.seed", 20_261_122L);
    private static final int REQUESTS_PER_BOOK = 500;
    private static final LocalDate FIRST_DAY = LocalDate.of(2025, 12, 1);
    private static final int DAYS = 850;

    private static final List<List<ZoneId>> PLACES = Stream.of(
                    "America/New_York",
                    "America/Chicago",
                    "America/Phoenix",
                    "America/St_Johns",
                    "Pacific/Honolulu",
                    "America/Adak",
                    "America/Sao_Paulo",
                    "Europe/London",
                    "Europe/Paris",
                    "Europe/Berlin",
                    "Atlantic/Azores",
                    "Africa/Cairo",
                    "Africa/Casablanca",
                    "Asia/Shanghai",
                    "Asia/Kolkata",
                    "Asia/Kathmandu",
                    "Australia/Adelaide",
                    "Australia/Darwin",
                    "Australia/Lord_Howe",
                    "Pacific/Auckland",
                    "Pacific/Chatham",
                    "America/Nuuk",
                    "America/New_York America/Chicago America/Denver America/Los_Angeles Pacific/Honolulu",
                    "America/Juneau America/Adak",
                    "Asia/Shanghai Asia/Urumqi",
                    "Australia/Sydney Australia/Perth Australia/Adelaide Australia/Darwin Australia/Lord_Howe",
                    "Europe/Lisbon Atlantic/Azores")
            .map(names -> Stream.of(names.split(" ")).map(ZoneId::of).toList())
            .toList();

    /** Places of every territory of the built-in policies, some of which the number does not tell. */
    private static final List<PhoneNumber> NUMBERS = List.of(
            number(13055550123L, "US", NumberKind.FIXED_LINE_OR_MOBILE),
            number(12125550123L, "US", NumberKind.FIXED_LINE_OR_MOBILE),
            number(14055550123L, "US", NumberKind.FIXED_LINE_OR_MOBILE),
            number(14105550123L, "US", NumberKind.FIXED_LINE_OR_MOBILE),
            number(12065550123L, "US", NumberKind.FIXED_LINE_OR_MOBILE),
            number(18605550123L, "US", NumberKind.FIXED_LINE_OR_MOBILE),
            number(17025550123L, "US", NumberKind.FIXED_LINE_OR_MOBILE),
            number(17875550123L, "PR", NumberKind.FIXED_LINE_OR_MOBILE),
            number(14165550123L, "CA", NumberKind.FIXED_LINE_OR_MOBILE),
            number(18005550123L, "US", NumberKind.TOLL_FREE),
            number(33142680000L, "FR", NumberKind.FIXED_LINE),
            number(33612345678L, "FR", NumberKind.MOBILE),
            number(442079460000L, "GB", NumberKind.FIXED_LINE),
            number(493012345678L, "DE", NumberKind.FIXED_LINE),
            number(390612345678L, "IT", NumberKind.FIXED_LINE),
            number(61880000000L, "AU", NumberKind.FIXED_LINE),
            number(61412345678L, "AU", NumberKind.MOBILE));

    private static final List<@Nullable Territory> TERRITORIES = Arrays.asList(
            null,
            null,
            null,
            new Territory(List.of("US"), List.of()),
            new Territory(List.of("US"), List.of("305", "786")),
            new Territory(List.of("FR"), List.of()));

    private final Random random = new Random(SEED);

    @Test
    void shouldJudgeAsTheReferenceDoes() {
        int refusals = 0;
        for (int judged = 0; judged < REQUESTS; ) {
            List<Policy> policies = policies();
            Budget budget = budget();
            boolean isRecorded = random.nextBoolean();
            boolean hasNotice = random.nextInt(8) != 0;
            CampaignRules campaign = campaign(isRecorded, hasNotice).withBudget(budget);
            RuleBook book = RuleBooks.compile(policies, campaign);
            ReferenceJudge reference = new ReferenceJudge(policies, budget.limitMicros(), isRecorded, hasNotice);
            for (int i = 0; i < REQUESTS_PER_BOOK && judged < REQUESTS; i++, judged++) {
                refusals += compare(book, reference, policies, request(policies));
            }
        }
        System.out.println("reference: seed=" + SEED + " requests=" + REQUESTS + " refused=" + refusals);
        assertThat(refusals).isBetween(REQUESTS / 5, REQUESTS * 9 / 10);
    }

    private static CampaignRules campaign(boolean isRecorded, boolean hasNotice) {
        YamlMap file = YamlFile.parse(
                "invented.yaml",
                "caller-ids: [\"+" + Requests.CALLER_ID
                        + "\"]\nclass-of-service: {home: [\"+86\"], granted: international}\nrecording: "
                        + (isRecorded ? "always" : "never") + (hasNotice ? "\nrecording-notice: notice.wav" : ""),
                new ConfigProblems());
        return CampaignRules.read(file, "invented", ZoneOffset.UTC);
    }

    private int compare(RuleBook book, ReferenceJudge reference, List<Policy> policies, DialRequest request) {
        List<ReferenceJudge.Opinion> expected = reference.refusals(request);
        Verdict verdict = book.judge(request);
        String told = "seed=" + SEED + " policies="
                + policies.stream().map(Policy::id).toList() + " at="
                + Instant.ofEpochMilli(request.atEpochMillis()) + " zones="
                + request.number().zones() + " verdict="
                + verdict + " expected=" + expected + " hours="
                + policies.stream().map(Policy::hours).toList();
        switch (verdict) {
            case Verdict.Permitted _ -> assertThat(expected).as(told).isEmpty();
            case Refused refused -> {
                long latest = expected.stream()
                        .mapToLong(ReferenceJudge.Opinion::retryAtEpochMillis)
                        .max()
                        .orElse(-1);
                assertThat(refused.retryAtEpochMillis()).as(told).isEqualTo(latest);
                String family = refused.rule().text().split("\\.", 2)[0];
                assertThat(expected).as(told).contains(new ReferenceJudge.Opinion(family, latest));
            }
        }
        return expected.isEmpty() ? 0 : 1;
    }

    private Budget budget() {
        long limit = random.nextInt(3) > 0 ? Budget.NO_LIMIT : random.nextInt(1_000);
        return new Budget("campaign:invented", limit, 1, "invented");
    }

    /** Mostly within the budget, often to the last micro. */
    private BudgetFacts budgetFacts() {
        return switch (random.nextInt(8)) {
            case 0 -> new BudgetFacts(random.nextInt(100), random.nextInt(1_000), random.nextInt(200));
            case 1 -> new BudgetFacts(random.nextInt(3), random.nextInt(1_000), random.nextInt(3));
            case 2 -> new BudgetFacts(random.nextInt(20) == 0 ? BudgetFacts.NO_RATE : 1, random.nextInt(100), 0);
            default -> BudgetFacts.FREE;
        };
    }

    private List<Policy> policies() {
        List<Policy> all = new ArrayList<>(Requests.LIBRARY.all());
        List<Policy> chosen = new ArrayList<>();
        for (int count = random.nextInt(3); count > 0; count--) {
            chosen.add(all.get(random.nextInt(all.size())));
        }
        if (random.nextInt(3) == 0 || chosen.isEmpty()) {
            chosen.add(invented());
        }
        return chosen;
    }

    /** Hours that no law has: night shifts, short days, odd quiet periods. */
    private Policy invented() {
        Map<DayOfWeek, List<DayWindow>> windows = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            int from = 15 * random.nextInt(90);
            int until = Math.min(from + 1440, from + 15 * (1 + random.nextInt(60)));
            int firstDial = Math.min(from + 5 * random.nextInt(6), until - 5);
            windows.put(day, random.nextInt(5) == 0 ? List.of() : List.of(new DayWindow(from, firstDial, until)));
        }
        int quietFrom = 15 * random.nextInt(96);
        List<DayWindow> quiet = random.nextBoolean()
                ? List.of()
                : List.of(new DayWindow(quietFrom, quietFrom, quietFrom + 15 * (1 + random.nextInt(8))));
        List<Cap> caps = new ArrayList<>(List.of(
                new Cap.NumberDay(1 + random.nextInt(3), "invented"),
                new Cap.NumberRolling(1 + random.nextInt(4), Duration.ofHours(1 + random.nextInt(72)), "invented"),
                new Cap.NumberInCampaign(1 + random.nextInt(6), "invented"),
                new Cap.CampaignDay(90 + random.nextInt(20), "invented")));
        for (Cap.GapAfter.Happening happening : Cap.GapAfter.Happening.values()) {
            if (random.nextBoolean()) {
                caps.add(new Cap.GapAfter(happening, Duration.ofHours(1 + random.nextInt(72)), "invented"));
            }
        }
        return new Policy(
                "invented",
                "invented",
                "invented",
                FIRST_DAY,
                new CallingHours(windows, quiet, null, "invented", "invented"),
                caps,
                BlockedNumbers.NONE,
                null,
                duties(),
                TERRITORIES.get(random.nextInt(TERRITORIES.size())));
    }

    private Policy.Duties duties() {
        Policy.Consent consent = random.nextInt(3) == 0
                ? new Policy.Consent(FIRST_DAY.plusDays(random.nextInt(DAYS)), "invented")
                : null;
        return new Policy.Duties(null, sometimes(), sometimes(), sometimes(), null, consent);
    }

    private @Nullable String sometimes() {
        return random.nextInt(10) == 0 ? "invented" : null;
    }

    private DialRequest request(List<Policy> policies) {
        List<ZoneId> zones = PLACES.get(random.nextInt(PLACES.size()));
        long at = moment(zones.get(random.nextInt(zones.size())), policies);
        return DialRequest.to(number(zones, policies), at, Requests.RUNNING)
                .callerId(Requests.CALLER_ID)
                .history(history(at, policies))
                .optOut(optOut(at))
                .lead(lead(at))
                .agentAttemptsToday(random.nextInt(20) == 0 ? 195 + random.nextInt(10) : random.nextInt(100))
                .agentReserved(random.nextInt(3) == 0)
                .campaignAttemptsToday(random.nextInt(110))
                .budget(budgetFacts())
                .script(random.nextInt(10) == 0 ? ScriptState.ALTERED : ScriptState.APPROVED)
                .build();
    }

    /** Mostly one that all the policies bind. */
    private PhoneNumber number(List<ZoneId> zones, List<Policy> policies) {
        PhoneNumber number = NUMBERS.get(random.nextInt(NUMBERS.size()));
        for (int tries = 0; tries < 10 && !isBoundByAll(number, policies); tries++) {
            number = NUMBERS.get(random.nextInt(NUMBERS.size()));
        }
        return new PhoneNumber(number.e164(), number.region(), number.kind(), zones);
    }

    private static boolean isBoundByAll(PhoneNumber number, List<Policy> policies) {
        return policies.stream()
                .map(Policy::appliesTo)
                .allMatch(territory -> territory == null || territory.binds(number));
    }

    private static PhoneNumber number(long e164, String region, NumberKind kind) {
        return new PhoneNumber(e164, region, kind, List.of(ZoneId.of("UTC")));
    }

    private LeadFacts lead(long at) {
        long consent = switch (random.nextInt(8)) {
            case 0 -> LeadFacts.NEVER;
            case 1 -> at + random.nextInt(3) - 1;
            default -> at - random.nextInt(86_400_000);
        };
        return new LeadFacts(random.nextInt(10) > 0, null, random.nextInt(4), consent);
    }

    private long moment(ZoneId zone, List<Policy> policies) {
        LocalDate date = FIRST_DAY.plusDays(random.nextInt(DAYS));
        long near = switch (random.nextInt(4)) {
            case 0 -> date.atStartOfDay(zone).toInstant().toEpochMilli() + random.nextInt(86_400_000);
            case 1 -> clockChange(zone, date);
            default -> date.atTime(edge(policies)).atZone(zone).toInstant().toEpochMilli();
        };
        return near + jitter();
    }

    private static long clockChange(ZoneId zone, LocalDate after) {
        ZoneOffsetTransition change =
                zone.getRules().nextTransition(after.atStartOfDay(zone).toInstant());
        return change == null ? after.atStartOfDay(zone).toInstant().toEpochMilli() : change.toEpochSecond() * 1000;
    }

    private LocalTime edge(List<Policy> policies) {
        Policy policy = policies.get(random.nextInt(policies.size()));
        CallingHours hours = policy.hours();
        List<DayWindow> windows = hours == null ? List.of() : hours.windows(DayOfWeek.of(1 + random.nextInt(7)));
        if (windows.isEmpty()) {
            return LocalTime.of(12, 0);
        }
        DayWindow window = windows.get(random.nextInt(windows.size()));
        int minute = switch (random.nextInt(3)) {
            case 0 -> window.fromMinute();
            case 1 -> window.firstDialMinute();
            default -> window.untilMinute();
        };
        return LocalTime.of(minute / 60 % 24, minute % 60);
    }

    private long jitter() {
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> -1;
            case 3 -> random.nextInt(3_600_000);
            default -> -random.nextInt(7_200_000);
        };
    }

    /** Attempts near the edges of the caps: a whole period ago, a day's start ago, just now. */
    private AttemptHistory history(long at, List<Policy> policies) {
        AttemptHistory history = new AttemptHistory();
        if (random.nextBoolean()) {
            return history;
        }
        if (random.nextInt(4) == 0) {
            history.conversation(at - random.nextInt(72) * 3_600_000L + random.nextInt(3) - 1);
            history.abandoned(at - random.nextInt(72) * 3_600_000L + random.nextInt(3) - 1);
            history.refused(at - random.nextInt(72) * 3_600_000L + random.nextInt(3) - 1);
        }
        for (int count = random.nextInt(6); count > 0; count--) {
            long age = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(86_400_000) * 3L / 2;
                case 1 -> period(policies) + random.nextInt(3) - 1;
                case 2 -> random.nextInt(3_600_000);
                default -> random.nextInt(60_000) - 30_000L;
            };
            history.add(at - age);
        }
        return history;
    }

    private long period(List<Policy> policies) {
        for (Cap cap : policies.get(random.nextInt(policies.size())).caps()) {
            if (cap instanceof Cap.NumberRolling rolling) {
                return rolling.period().toMillis();
            }
        }
        return Duration.ofMinutes(30).toMillis();
    }

    private @Nullable OptOut optOut(long at) {
        return switch (random.nextInt(20)) {
            case 0 -> new OptOut("file:dnc.csv", null, Long.MAX_VALUE);
            case 1 -> new OptOut("api:ann", null, at + random.nextInt(3) - 1);
            case 2 -> new OptOut("complaint:7", null, at + random.nextInt(3) - 1, OptOut.Kind.COMPLAINT);
            default -> null;
        };
    }
}
