package org.paceline.daemon.config.read;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.paceline.daemon.config.key.Types;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.yaml.Field;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlMap;

/** Reads how often a lead is tried, and how long after which outcome. An outcome that is not written keeps its default. */
final class RetryReader {
    /** The value that ends the lead. */
    private static final Duration NEVER = Duration.ofSeconds(-1);

    private static final Duration LONGEST = Duration.ofDays(365);
    private static final ScalarType<Duration> DELAY = new ScalarType<>(
            "a duration, for example 30m, or 'never'",
            text -> text.equals("never") ? NEVER : ScalarType.DURATION.parse().apply(text));

    private RetryReader() {}

    /** What holds where nothing is written: the outcomes after which the number may still be right. */
    static Map<Outcome, Duration> defaults() {
        Map<Outcome, Duration> delays = new EnumMap<>(Outcome.class);
        delays.put(Outcome.NO_ANSWER, Duration.ofHours(4));
        delays.put(Outcome.BUSY, Duration.ofMinutes(30));
        delays.put(Outcome.MACHINE, Duration.ofDays(1));
        delays.put(Outcome.CONGESTION, Duration.ofMinutes(15));
        delays.put(Outcome.TRUNK_FAILED, Duration.ofMinutes(15));
        delays.put(Outcome.CANCELLED, Duration.ofMinutes(15));
        delays.put(Outcome.CALLER_HUNG_UP, Duration.ofDays(1));
        delays.put(Outcome.ABANDONED, Duration.ofDays(3));
        delays.put(Outcome.INTERRUPTED, Duration.ofHours(4));
        return delays;
    }

    static RetryPlan read(YamlMap retries) {
        int maxAttempts = retries.integer("max-attempts")
                .must(Types.from(1, 100), "a number from 1 to 100")
                .orElse(3);
        YamlMap after = retries.section("after");
        Map<Outcome, Duration> delays = defaults();
        for (Outcome outcome : Outcome.values()) {
            Field<Duration> field = after.value(ScalarType.written(outcome), DELAY)
                    .must(delay -> delay.compareTo(LONGEST) <= 0, "a duration up to 365d, or 'never'");
            Duration delay = field.orNull();
            if (delay != null) {
                delays.put(outcome, delay);
            }
        }
        Map<Outcome, Long> millis = new EnumMap<>(Outcome.class);
        delays.forEach((outcome, delay) -> {
            if (!delay.isNegative()) {
                millis.put(outcome, delay.toMillis());
            }
        });
        return new RetryPlan(maxAttempts, millis);
    }
}
