package org.paceline.daemon.config.key;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.yaml.JsonKeywords;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.key.Bounds;
import org.paceline.yaml.key.Entry;
import org.paceline.yaml.key.Key;
import org.paceline.yaml.key.Section;

/** The keys of a campaign's {@code retries}. */
public final class RetryKeys {
    /** The value that ends the lead. */
    public static final Duration NEVER = Duration.ofSeconds(-1);

    private static final Duration LONGEST = Duration.ofDays(365);
    private static final ScalarType<Duration> DELAY = new ScalarType<Duration>(
                    "a duration, for example 30m, or 'never'",
                    text -> text.equals("never")
                            ? NEVER
                            : ScalarType.DURATION.parse().apply(text))
            .write(delay -> delay.isNegative() ? "never" : delay)
            .json(JsonKeywords.anyOf(JsonKeywords.choice(List.of("never")), ScalarType.DURATION.json()));

    public static final Key<RetryPlan, Integer> MAX_ATTEMPTS = Key.of(
                    "max-attempts",
                    ScalarType.INTEGER,
                    "attempts a lead gets that end by the called party's doing; those that fail by the trunk's or our"
                            + " doing do not count (docs/sip-answers.md)")
            .within(Bounds.numbers(1, 100))
            .usually(3)
            .shown(RetryPlan::maxAttempts);

    public static final Map<Outcome, Key<RetryPlan, Duration>> DELAYS = delays();

    public static final Section<RetryPlan, RetryPlan> AFTER = Section.of(
                    "after",
                    "wait by outcome; never ends the lead",
                    new ArrayList<Entry<? super RetryPlan>>(DELAYS.values()))
            .shown((RetryPlan plan) -> plan);
    public static final Section<Object, RetryPlan> SECTION = Section.of("retries", "", List.of(MAX_ATTEMPTS, AFTER));

    private RetryKeys() {}

    private static Map<Outcome, Key<RetryPlan, Duration>> delays() {
        Map<Outcome, Key<RetryPlan, Duration>> keys = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            keys.put(
                    outcome,
                    Key.of(ScalarType.written(outcome), DELAY, "")
                            .within(Bounds.of(
                                    "a duration up to 365d, or 'never'", delay -> delay.compareTo(LONGEST) <= 0))
                            .usually(usual(outcome))
                            .shown((RetryPlan plan) -> {
                                Long millis = plan.delayMillis().get(outcome);
                                return millis == null ? NEVER : Duration.ofMillis(millis);
                            }));
        }
        return keys;
    }

    /** Returns the default wait: the outcomes after which the number may still be right are tried again. */
    private static Duration usual(Outcome outcome) {
        return switch (outcome) {
            case NO_ANSWER, INTERRUPTED -> Duration.ofHours(4);
            case BUSY -> Duration.ofMinutes(30);
            case CONGESTION, TRUNK_FAILED, CANCELLED -> Duration.ofMinutes(15);
            case MACHINE, CALLER_HUNG_UP -> Duration.ofDays(1);
            case ABANDONED -> Duration.ofDays(3);
            case CONNECTED, FAX, INVALID_NUMBER, REJECTED, UNWANTED -> NEVER;
        };
    }
}
