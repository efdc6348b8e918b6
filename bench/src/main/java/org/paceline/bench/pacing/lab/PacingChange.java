package org.paceline.bench.pacing.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.paceline.bench.measure.BenchException;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.yaml.ScalarType;

/**
 * What a supervisor would change of a campaign's {@code pacing}, as {@code --set KEY=VALUE} says it.
 *
 * @param values by key, in the order given
 */
public record PacingChange(Map<String, String> values) {
    private static final List<String> PREDICTIVE_KEYS = List.of(
            "max-abandonment", "aggressiveness", "max-lines-per-agent", "min-ring", "cancel-risky-calls", "day");
    private static final List<String> KEYS = keys();

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(List.of("mode", "lines-per-agent", "max-lines"));
        keys.addAll(PREDICTIVE_KEYS);
        return keys;
    }

    /** @throws BenchException in one line: which option is wrong and what would be right */
    public static PacingChange parse(List<String> options) throws BenchException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            String key = equals < 0 ? option : option.substring(0, equals);
            if (!KEYS.contains(key)) {
                throw new BenchException(
                        "--set " + option + ": must be KEY=VALUE with a key of " + String.join(", ", KEYS));
            }
            if (equals < 0) {
                throw new BenchException("--set " + option + ": has no value: must be " + key + "=VALUE");
            }
            if (values.put(key, option.substring(equals + 1)) != null) {
                throw new BenchException("--set " + option + ": " + key + " is set twice");
            }
        }
        return new PacingChange(values);
    }

    public boolean isNone() {
        return values.isEmpty();
    }

    /** {@code max-abandonment=2% min-ring=20s}. */
    public String label() {
        return String.join(
                " ",
                values.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
    }

    /** The settings with the change. The bounds are those of a campaign's file. */
    public PacingSettings of(PacingSettings before) throws BenchException {
        DialMode mode = read("mode", ScalarType.choice(DialMode.class), before.mode(), _ -> true, "");
        if (mode != DialMode.PREDICTIVE) {
            for (String key : PREDICTIVE_KEYS) {
                if (values.containsKey(key)) {
                    throw new BenchException("--set " + key + "=" + values.get(key)
                            + ": holds in predictive mode only, and the mode is " + ScalarType.written(mode));
                }
            }
        }
        if (mode != DialMode.RATIO && values.containsKey("lines-per-agent")) {
            throw new BenchException("--set lines-per-agent=" + values.get("lines-per-agent")
                    + ": holds in ratio mode only, and the mode is " + ScalarType.written(mode));
        }
        PacingSettings.Predictive usual = before.predictive();
        return new PacingSettings(
                mode,
                read(
                        "lines-per-agent",
                        ScalarType.DECIMAL,
                        before.linesPerAgent(),
                        lines -> lines >= 1 && lines <= 10,
                        "a number from 1 to 10"),
                read(
                        "max-lines",
                        ScalarType.INTEGER,
                        before.maxLines(),
                        lines -> lines >= 1 && lines <= 100_000,
                        "a number from 1 to 100000"),
                new PacingSettings.Predictive(
                        read("max-abandonment", ScalarType.PERCENT, usual.maxAbandonmentRatio(), _ -> true, ""),
                        aggressiveness(usual.aggressiveness()),
                        read(
                                "max-lines-per-agent",
                                ScalarType.DECIMAL,
                                usual.maxLinesPerAgent(),
                                lines -> lines >= 1 && lines <= 50,
                                "a number from 1 to 50"),
                        duration("min-ring", usual.minRingMillis(), 5_000, 180_000, "a duration from 5s to 3m"),
                        read("cancel-risky-calls", ScalarType.FLAG, usual.cancelsRiskyCalls(), _ -> true, ""),
                        duration("day", usual.dayMillis(), 3_600_000, 86_400_000, "a duration from 1h to 24h")));
    }

    /** {@code 80%} as in a campaign's file, or {@code 0.8}. */
    private double aggressiveness(double before) throws BenchException {
        String text = values.getOrDefault("aggressiveness", "");
        ScalarType<Double> type = text.endsWith("%") ? ScalarType.PERCENT : ScalarType.DECIMAL;
        return read(
                "aggressiveness",
                type,
                before,
                share -> share > 0 && share <= 1,
                "more than 0% and at most 100%, for example 80%");
    }

    private long duration(String key, long beforeMillis, long fromMillis, long toMillis, String expected)
            throws BenchException {
        return read(
                        key,
                        ScalarType.DURATION,
                        Duration.ofMillis(beforeMillis),
                        length -> length.toMillis() >= fromMillis && length.toMillis() <= toMillis,
                        expected)
                .toMillis();
    }

    /** @param expected completes "must be", for a value that is of the type and out of bounds */
    private <T> T read(String key, ScalarType<T> type, T before, Predicate<T> isWithin, String expected)
            throws BenchException {
        String text = values.get(key);
        if (text == null) {
            return before;
        }
        T value = type.parseOrNull(text);
        if (value == null || !isWithin.test(value)) {
            throw new BenchException("--set " + key + "=" + text + ": must be "
                    + (expected.isEmpty() ? type.expected() : expected) + "; is '" + text + "'");
        }
        return value;
    }
}
