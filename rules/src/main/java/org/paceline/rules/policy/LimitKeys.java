package org.paceline.rules.policy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.AbandonmentTerms.ClockStart;
import org.paceline.rules.AbandonmentTerms.Denominator;
import org.paceline.rules.AbandonmentTerms.Window;
import org.paceline.rules.NumberKind;
import org.paceline.rules.citation.Citations;
import org.paceline.yaml.JsonKeywords;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.key.Bounds;
import org.paceline.yaml.key.Key;
import org.paceline.yaml.key.ListKey;
import org.paceline.yaml.key.OwnShape;
import org.paceline.yaml.key.Section;

/**
 * The limits that policies and campaigns write in the same way: {@code caps}, {@code blocked} and {@code abandonment}.
 */
public final class LimitKeys {
    static final Key<Object, Integer> NUMBER_DAY = count("number-day", "most attempts to a number a day");
    static final ListKey<Object, Cap.NumberRolling> ROLLING = rolling("");
    static final Key<Object, Duration> GAP = gap("gap", "least time between two attempts to a number");
    static final Key<Object, Duration> GAP_AFTER_CONVERSATION =
            gap("gap-after-conversation", "how long a number rests after a conversation");
    static final Key<Object, Duration> GAP_AFTER_REFUSAL =
            gap("gap-after-refusal", "how long a number rests after a refusal");
    static final Key<Object, Integer> NUMBER_CAMPAIGN =
            count("number-campaign", "most attempts to a number in the campaign");
    static final Key<Object, Integer> CAMPAIGN_DAY = count("campaign-day", "most attempts of the campaign a day");
    static final Key<Object, Integer> AGENT_DAY = count("agent-day", "most calls of an agent a day");

    public static final Section<Object, Object> CAPS = Section.of(
            "caps",
            "how often at most",
            List.of(
                    Citations.KEY,
                    NUMBER_DAY,
                    ROLLING,
                    GAP,
                    GAP_AFTER_CONVERSATION,
                    GAP_AFTER_REFUSAL,
                    NUMBER_CAMPAIGN,
                    CAMPAIGN_DAY,
                    AGENT_DAY));

    /** The form of leading digits of numbers. */
    static final String PREFIX_FORM = "\\+[1-9][0-9]{0,14}";

    static final ScalarType<BlockedNumbers.Prefix> PREFIX_TYPE = new ScalarType<>(
                    "leading digits in E.164 form, for example +86168", LimitKeys::anyLength)
            .write(prefix -> "+" + prefix.digits())
            .json(JsonKeywords.digits(PREFIX_FORM));
    static final Key<Object, BlockedNumbers.Prefix> PREFIX = Key.of("prefix", PREFIX_TYPE, "how the numbers begin")
            .required(new BlockedNumbers.Prefix("", BlockedNumbers.Prefix.ANY_LENGTH));
    static final Key<Object, Integer> AT_MOST_DIGITS = Key.of(
                    "at-most-digits",
                    ScalarType.INTEGER,
                    "only numbers of so many digits, such as a service's short codes")
            .within(Bounds.<Integer>numbers(1, BlockedNumbers.Prefix.ANY_LENGTH).saying("1 to 15"))
            .required(BlockedNumbers.Prefix.ANY_LENGTH);
    static final OwnShape PREFIXES = new OwnShape(
            "prefixes",
            "how the numbers begin",
            JsonKeywords.listOf(JsonKeywords.anyOf(
                    PREFIX_TYPE.json(),
                    Section.of("", "", List.of(PREFIX, AT_MOST_DIGITS)).json())));
    static final ListKey<Object, NumberKind> KINDS =
            ListKey.of("kinds", ScalarType.choice(NumberKind.class), "kinds of line");

    public static final Section<Object, Object> BLOCKED =
            Section.of("blocked", "numbers that are never dialled", List.of(Citations.KEY, PREFIXES, KINDS));

    static final Key<Object, Double> LIMIT = Key.of(
                    "limit", ScalarType.PERCENT, "largest share of calls that may be abandoned")
            .required(0.0);
    static final Key<Object, Denominator> DENOMINATOR = Key.of(
                    "denominator", ScalarType.choice(Denominator.class), "the calls that the share is taken of")
            .usually(Denominator.ANSWERED_BY_PERSON);
    static final Key<Object, Window> WINDOW = Key.of(
                    "window",
                    new ScalarType<>("a duration from 1m to 366d, or calendar-month", LimitKeys::window),
                    "the period that the share is taken over")
            .required(new Window.Rolling(AbandonmentTerms.SHORTEST_WINDOW.toMillis()));
    static final Key<Object, ClockStart> CLOCK = Key.of(
                    "clock", ScalarType.choice(ClockStart.class), "from when connect-within runs")
            .usually(ClockStart.ANSWER);
    static final Key<Object, Duration> CONNECT_WITHIN = Key.of(
                    "connect-within", ScalarType.DURATION, "how soon an agent must be on the line")
            .within(Bounds.durations(Duration.ZERO, AbandonmentTerms.LONGEST_CONNECT)
                    .saying("a duration from 0s to 1m"))
            .required(Duration.ZERO);
    static final Key<Object, Duration> MINIMUM_RING = Key.of(
                    "minimum-ring", ScalarType.DURATION, "no unanswered call is ended before it rang so long")
            .within(Bounds.durations(Duration.ZERO, AbandonmentTerms.LONGEST_MINIMUM_RING))
            .usually(Duration.ZERO);
    static final Key<Object, Duration> NO_REDIAL = gap("no-redial", "how long a number rests after an abandoned call");
    static final Key<Object, Duration> NO_REDIAL_UNLESS_RESERVED = gap(
            "no-redial-unless-reserved",
            "how long a number rests after an abandoned call, unless an agent is kept free for the next one");

    public static final Section<Object, Object> ABANDONMENT = Section.of(
            "abandonment",
            "terms of abandoned calls",
            List.of(
                    Citations.KEY,
                    NO_REDIAL,
                    NO_REDIAL_UNLESS_RESERVED,
                    LIMIT,
                    DENOMINATOR,
                    WINDOW,
                    CLOCK,
                    CONNECT_WITHIN,
                    MINIMUM_RING));

    private LimitKeys() {}

    /** @param citation the source of the limits */
    static ListKey<Object, Cap.NumberRolling> rolling(String citation) {
        return ListKey.of(
                "rolling",
                new ScalarType<>(
                        "a count and a period up to 366d, for example 3 in 24h",
                        text -> Cap.NumberRolling.parse(text, citation)),
                "most attempts to a number in any period of a length");
    }

    private static Key<Object, Integer> count(String name, String help) {
        return Key.of(name, ScalarType.INTEGER, help).within(Bounds.atLeast(1));
    }

    private static Key<Object, Duration> gap(String name, String help) {
        return Key.of(name, ScalarType.DURATION, help)
                .within(Bounds.of(
                        "longer than 0s, at most 366d",
                        least -> least.isPositive() && least.compareTo(Cap.LONGEST_PERIOD) <= 0));
    }

    private static BlockedNumbers.@Nullable Prefix anyLength(String text) {
        return text.matches(PREFIX_FORM)
                ? new BlockedNumbers.Prefix(text.substring(1), BlockedNumbers.Prefix.ANY_LENGTH)
                : null;
    }

    private static @Nullable Window window(String text) {
        if (text.equals("calendar-month")) {
            return new Window.CalendarMonth();
        }
        Duration length = ScalarType.DURATION.parse().apply(text);
        if (length == null
                || length.compareTo(AbandonmentTerms.SHORTEST_WINDOW) < 0
                || length.compareTo(AbandonmentTerms.LONGEST_WINDOW) > 0) {
            return null;
        }
        return new Window.Rolling(length.toMillis());
    }
}
