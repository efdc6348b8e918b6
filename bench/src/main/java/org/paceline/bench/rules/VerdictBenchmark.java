package org.paceline.bench.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.CampaignApproval;
import org.paceline.rules.DialRequest;
import org.paceline.rules.ExplainedRuleBook;
import org.paceline.rules.Explanation;
import org.paceline.rules.NumberKind;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RuleBook;
import org.paceline.rules.Verdict;
import org.paceline.rules.book.CampaignRules;
import org.paceline.rules.book.RuleBooks;
import org.paceline.rules.policy.PolicyLibrary;

/**
 * One verdict of the production rule book, in turn for a thousand numbers of Florida. They are mobile numbers, so that
 * the policies of both states bind them.
 *
 * <p>Thread: JMH's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class VerdictBenchmark {
    static final List<String> POLICIES = List.of("us-federal", "us-fl", "us-md", "us-reg-f");

    private static final int NUMBERS = 1 << 10;
    private static final long FIRST_NUMBER = 13_052_000_000L;
    private static final long CALLER_ID = 12_025_550_100L;
    private static final long NOON = Instant.parse("2026-11-18T17:00:00Z").toEpochMilli();
    private static final long NIGHT = Instant.parse("2026-11-19T04:00:00Z").toEpochMilli();
    private static final CampaignApproval RUNNING =
            new CampaignApproval(CampaignApproval.ApprovalState.RUNNING, 0, Long.MAX_VALUE);
    private static final List<List<ZoneId>> ZONES = List.of(
            List.of(ZoneId.of("America/New_York")),
            List.of(ZoneId.of("America/Chicago")),
            List.of(ZoneId.of("America/New_York"), ZoneId.of("America/Chicago")));

    private final RuleBook book = book();
    private final DialRequest[] atNoon = requests(NOON, 2);
    private final DialRequest[] atNight = requests(NIGHT, 2);
    private final DialRequest[] atTheirCap = requests(NOON, 3);
    private int next;

    private static RuleBook book() {
        ExplainedRuleBook compiled = RuleBooks.compile(
                PolicyLibrary.builtIn().find(POLICIES, problem -> {
                    throw new IllegalStateException(problem);
                }),
                CampaignRules.none());
        for (DialRequest request : requests(NOON, 2)) {
            Explanation explained = compiled.explain(request);
            if (!(explained.verdict() instanceof Verdict.Permitted)
                    || !explained.notBinding().isEmpty()) {
                throw new IllegalStateException("the policies must bind and permit the request: " + explained);
            }
        }
        return compiled;
    }

    private static DialRequest[] requests(long atEpochMillis, int earlierAttempts) {
        long[] earlier = new long[earlierAttempts];
        Arrays.setAll(
                earlier, i -> atEpochMillis - Duration.ofHours(2L + 3L * i).toMillis());
        return IntStream.range(0, NUMBERS)
                .mapToObj(i -> new PhoneNumber(
                        FIRST_NUMBER + i * 1_009L, "US", NumberKind.MOBILE, ZONES.get(i % ZONES.size())))
                .map(number -> DialRequest.to(number, atEpochMillis, RUNNING)
                        .callerId(CALLER_ID)
                        .history(new AttemptHistory(earlier))
                        .build())
                .toArray(DialRequest[]::new);
    }

    private DialRequest oneOf(DialRequest[] requests) {
        return requests[next++ & NUMBERS - 1];
    }

    @Benchmark
    public Verdict permitted() {
        return book.judge(oneOf(atNoon));
    }

    @Benchmark
    public Verdict refusedByHours() {
        return book.judge(oneOf(atNight));
    }

    @Benchmark
    public Verdict refusedByCap() {
        return book.judge(oneOf(atTheirCap));
    }
}
