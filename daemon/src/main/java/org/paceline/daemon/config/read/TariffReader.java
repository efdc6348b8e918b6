package org.paceline.daemon.config.read;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.budget.Tariff.Rate;
import org.paceline.rules.Money;
import org.paceline.yaml.Field;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlMap;

/** Reads a trunk's {@code tariff}. */
final class TariffReader {
    private static final Pattern PREFIX = Pattern.compile("\\+([1-9]\\d{0,14})?");
    private static final long MOST_MICROS = 1_000_000_000;
    private static final Increment SECONDS = new Increment(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private static final ScalarType<Long> PREFIX_DIGITS = new ScalarType<>(
            "+ and the first digits of numbers, for example +1305, or + for all others", TariffReader::prefix);
    private static final ScalarType<Increment> INCREMENT = new ScalarType<>(
            "the steps that calls are charged in: one duration, for example 6s, or the first and the next ones, for"
                    + " example 60s/6s",
            TariffReader::increment);

    private record Increment(Duration first, Duration next) {}

    private static final ScalarType<Long> PRICE =
            new ScalarType<>("a price of at most 1000.00 with at most six decimals, for example 0.012", text -> {
                long micros = Money.parse(text);
                return micros <= MOST_MICROS ? micros : null;
            });

    private TariffReader() {}

    /** Null where the trunk has none. */
    static @Nullable Tariff read(YamlMap trunk) {
        Map<Long, Rate> rates = new HashMap<>();
        Map<Long, Integer> lines = new HashMap<>();
        for (YamlMap entry : trunk.maps("tariff")) {
            Field<Long> prefix = entry.value("prefix", PREFIX_DIGITS);
            long digits = prefix.required(Tariff.ANY);
            Increment steps = entry.value("increment", INCREMENT).orElse(SECONDS);
            rates.put(
                    digits,
                    new Rate(
                            entry.value("per-minute", PRICE).required(0L),
                            entry.value("connection", PRICE).orElse(0L),
                            steps.first.toMillis(),
                            steps.next.toMillis()));
            Integer earlier = lines.putIfAbsent(digits, prefix.place().line());
            if (earlier != null && prefix.orNull() != null) {
                prefix.place().problem("has a rate already, in line " + earlier + "; keep one");
            }
        }
        return rates.isEmpty() ? null : new Tariff(rates);
    }

    private static @Nullable Long prefix(String text) {
        Matcher matcher = PREFIX.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        return matcher.group(1) == null ? Long.valueOf(Tariff.ANY) : Long.valueOf(matcher.group(1));
    }

    private static @Nullable Increment increment(String text) {
        String[] parts = text.split("/", -1);
        Duration first = ScalarType.DURATION.parseOrNull(parts[0]);
        Duration next = ScalarType.DURATION.parseOrNull(parts[parts.length - 1]);
        return first != null && first.isPositive() && next != null && next.isPositive() && parts.length <= 2
                ? new Increment(first, next)
                : null;
    }
}
