package org.paceline.yaml;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The type of a single value, and how the value is read from its text.
 *
 * @param expected what would be right, completing "must be …"
 * @param parse makes the value from the text, null where the text is not one; it may throw {@link RuntimeException}
 * instead
 * @param write makes from a value what {@link YamlText} writes: a text, number, boolean, constant or duration
 * @param json what a JSON Schema says of the value
 */
public record ScalarType<T>(
        String expected, Function<String, @Nullable T> parse, Function<T, Object> write, JsonKeywords json) {
    private static final Pattern DURATION_PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final String E164_DIGITS = "\\+[1-9][0-9]{6,14}";
    private static final String DURATION_FORM = "([0-9]{1,9}(ms|s|m|h|d))+";

    /** Text that is shown, logged or sent on the wire, where a line break would let it begin a line of its own. */
    public static final ScalarType<String> TEXT =
            new ScalarType<>("text in one line, without control characters", text -> isPrintable(text) ? text : null);

    /** A password or token. It may be anything, so that no message ever shows one as an invalid value. */
    public static final ScalarType<String> SECRET = new ScalarType<>("text", text -> text);

    public static final ScalarType<Integer> INTEGER = new ScalarType<>(
                    "a whole number, for example 3", Integer::valueOf)
            .json(JsonKeywords.of("type", "integer"));
    public static final ScalarType<Double> DECIMAL = new ScalarType<>(
                    "a number, for example 1.5", ScalarType::parseDecimal)
            .json(JsonKeywords.of("type", "number"));
    public static final ScalarType<Boolean> FLAG =
            new ScalarType<>("true or false", ScalarType::parseFlag).json(JsonKeywords.of("type", "boolean"));
    public static final ScalarType<Duration> DURATION = new ScalarType<>(
                    "a duration, for example 30s, 15m, 2h, 30d or 1h30m", ScalarType::parseDuration)
            .json(JsonKeywords.pattern(DURATION_FORM));

    /** The longest duration, because durations are counted in milliseconds and nanoseconds of 64 bits. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** A share from 0 to 1, written as a percentage. */
    public static final ScalarType<Double> PERCENT = new ScalarType<>(
                    "a percentage from 0% to 100%, for example 3%", ScalarType::parsePercent)
            .write(ScalarType::percent)
            .json(JsonKeywords.pattern("[0-9]+(\\.[0-9]+)?%"));

    public static final ScalarType<LocalDate> DATE = new ScalarType<>(
                    "a date, for example 2026-07-14", ScalarType::parseDate)
            .json(JsonKeywords.pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}"));

    /** Digits of an E.164 number, without the {@code +}. */
    public static final ScalarType<Long> E164 = new ScalarType<>(
                    "a number in E.164 form, for example +13055550123", ScalarType::parseE164)
            .write(number -> "+" + number)
            .json(JsonKeywords.digits(E164_DIGITS));

    /** Makes a type of text whose form a JSON Schema does not describe. */
    public ScalarType(String expected, Function<String, @Nullable T> parse) {
        this(expected, parse, value -> value, JsonKeywords.TEXT);
    }

    /** Makes a type of text with a form; the expression must mean the same in Java and in ECMAScript. */
    public static ScalarType<String> matching(String expected, String regex) {
        return new ScalarType<>(expected, text -> text.matches(regex) ? text : null)
                .json(JsonKeywords.TEXT.and(Map.of("pattern", "^(" + regex + ")$")));
    }

    /** Makes a type of an enum's constants, written as {@code on-demand} for {@code ON_DEMAND}. */
    public static <E extends Enum<E>> ScalarType<E> choice(Class<E> type) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        String names = constants.stream().map(ScalarType::written).collect(Collectors.joining(", "));
        return new ScalarType<>(
                        "one of " + names,
                        text -> constants.stream()
                                .filter(constant -> written(constant).equals(text))
                                .findFirst()
                                .orElse(null))
                .json(JsonKeywords.choice(
                        constants.stream().map(ScalarType::written).toList()));
    }

    /** Returns the same type with another way back from value to text. */
    public ScalarType<T> write(Function<T, Object> back) {
        return new ScalarType<>(expected, parse, back, json);
    }

    /** Returns the same type with these JSON Schema keywords. */
    public ScalarType<T> json(JsonKeywords keywords) {
        return new ScalarType<>(expected, parse, write, keywords);
    }

    /** Returns an enum's constant as files write it: {@code on-demand} for {@code ON_DEMAND}. */
    public static String written(Enum<?> constant) {
        return written(constant.name());
    }

    /** Returns a constant as files write it, by its name: {@code trunk-failed} for {@code TRUNK_FAILED}. */
    public static String written(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns a duration as files write it: {@code 1h30m}. */
    public static String written(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        part(text, duration.toDaysPart(), "d");
        part(text, duration.toHoursPart(), "h");
        part(text, duration.toMinutesPart(), "m");
        part(text, duration.toSecondsPart(), "s");
        part(text, duration.toMillisPart(), "ms");
        return text.toString();
    }

    private static void part(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }

    /** Returns the node's value, or null after reporting what is wrong with it. */
    public @Nullable T read(YamlNode node) {
        if (node instanceof YamlScalar scalar && !scalar.isEmpty()) {
            T value = parseOrNull(scalar.text());
            if (value != null) {
                return value;
            }
        }
        node.problem("must be " + expected + "; is " + node.described());
        return null;
    }

    /** Returns the value, or null where the text is not one. */
    public @Nullable T parseOrNull(String text) {
        try {
            return parse.apply(text);
        } catch (RuntimeException notOne) {
            return null;
        }
    }

    private static @Nullable Double parseDecimal(String text) {
        return text.matches("[+-]?\\d+(\\.\\d+)?") ? Double.valueOf(text) : null;
    }

    private static @Nullable Boolean parseFlag(String text) {
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        };
    }

    private static @Nullable Duration parseDuration(String text) {
        Matcher part = DURATION_PART.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (end < text.length() && part.find(end) && part.start() == end) {
            sum = sum.plus(durationOf(Long.parseLong(part.group(1)), part.group(2)));
            end = part.end();
        }
        return end > 0 && end == text.length() && sum.compareTo(LONGEST) <= 0 ? sum : null;
    }

    private static Duration durationOf(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> throw new IllegalArgumentException("unit=" + unit);
        };
    }

    /** Parses a date with a year of four digits; later years overflow where days become milliseconds. */
    private static @Nullable LocalDate parseDate(String text) {
        return text.length() == "2026-07-14".length() ? LocalDate.parse(text) : null;
    }

    private static boolean isPrintable(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    private static @Nullable Double parsePercent(String text) {
        if (!text.matches("\\d+(\\.\\d+)?%")) {
            return null;
        }
        double percent = Double.parseDouble(text.substring(0, text.length() - 1));
        return percent <= 100 ? percent / 100 : null;
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }

    private static @Nullable Long parseE164(String text) {
        return text.matches(E164_DIGITS) ? Long.valueOf(text.substring(1)) : null;
    }
}
