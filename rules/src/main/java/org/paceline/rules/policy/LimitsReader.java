package org.paceline.rules.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.AbandonmentTerms.ClockStart;
import org.paceline.rules.AbandonmentTerms.Denominator;
import org.paceline.rules.AbandonmentTerms.Window;
import org.paceline.rules.NumberKind;
import org.paceline.rules.citation.Citations;
import org.paceline.rules.policy.Cap.GapAfter.Happening;
import org.paceline.yaml.Field;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlList;
import org.paceline.yaml.YamlMap;
import org.paceline.yaml.YamlNode;

/**
 * Reads the limits that policies and campaigns write alike.
 *
 * <pre>{@code
 * caps:
 *   citation: Fla. Stat. § 501.616(6)(b)
 *   number-day: 3
 *   rolling: [3 in 24h, 4 in 30d]
 *   gap: 30m
 *   gap-after-conversation: 7d
 *   gap-after-refusal: 60d
 *   agent-day: 200
 *   campaign-day: 5000
 *   number-campaign: 10
 * blocked:
 *   prefixes: ["+86168", {prefix: "+869", at-most-digits: 10}]
 *   kinds: [premium-rate, shared-cost]
 * abandonment:
 *   limit: 3%
 *   connect-within: 2s
 *   window: 30d                        # or calendar-month
 *   denominator: answered-by-person    # or all-answered
 *   clock: answer                      # or greeting-start, greeting-end
 *   minimum-ring: 15s
 *   no-redial: 5d                      # not even when an agent is kept free for the call
 *   no-redial-unless-reserved: 72h
 * }</pre>
 */
public final class LimitsReader {
    private static final String NO_REDIAL = "no-redial";
    private static final String UNLESS_RESERVED = "no-redial-unless-reserved";

    private static final ScalarType<BlockedNumbers.Prefix> PREFIX =
            new ScalarType<>("leading digits in E.164 form, for example +86168", LimitsReader::anyLength);

    private static final ScalarType<Window> WINDOW =
            new ScalarType<>("a duration from 1m to 366d, or calendar-month", LimitsReader::window);

    private static final Window SHORTEST = new Window.Rolling(AbandonmentTerms.SHORTEST_WINDOW.toMillis());

    private LimitsReader() {}

    public static List<Cap> caps(YamlMap map, Citations citations) {
        List<Cap> caps = new ArrayList<>();
        YamlMap abandonment = map.map("abandonment").orNull();
        if (abandonment != null) {
            gapAfter(caps, abandonment, NO_REDIAL, Happening.ABANDONED_CALL, citations);
            gapAfter(caps, abandonment, UNLESS_RESERVED, Happening.ABANDONED_CALL_UNLESS_RESERVED, citations);
        }
        YamlMap section = map.map("caps").orNull();
        if (section == null) {
            return caps;
        }
        section.node("citation");
        Integer numberDay = count(section, "number-day");
        if (numberDay != null) {
            caps.add(new Cap.NumberDay(numberDay, citations.of(section, "number-day")));
        }
        String rollingCited = citations.of(section, "rolling");
        ScalarType<Cap.NumberRolling> rolling = new ScalarType<>(
                "a count and a period up to 366d, for example 3 in 24h",
                text -> Cap.NumberRolling.parse(text, rollingCited));
        caps.addAll(section.values("rolling", rolling).orElse(List.of()));
        Duration gap = period(section, "gap");
        if (gap != null) {
            caps.add(new Cap.NumberGap(gap, citations.of(section, "gap")));
        }
        gapAfter(caps, section, "gap-after-conversation", Happening.CONVERSATION, citations);
        gapAfter(caps, section, "gap-after-refusal", Happening.REFUSAL, citations);
        Integer numberInCampaign = count(section, "number-campaign");
        if (numberInCampaign != null) {
            caps.add(new Cap.NumberInCampaign(numberInCampaign, citations.of(section, "number-campaign")));
        }
        Integer campaignDay = count(section, "campaign-day");
        if (campaignDay != null) {
            caps.add(new Cap.CampaignDay(campaignDay, citations.of(section, "campaign-day")));
        }
        Integer agentDay = count(section, "agent-day");
        if (agentDay != null) {
            caps.add(new Cap.AgentDay(agentDay, citations.of(section, "agent-day")));
        }
        return caps;
    }

    private static void gapAfter(
            List<Cap> caps, YamlMap section, String key, Happening happening, Citations citations) {
        Duration least = period(section, key);
        if (least != null) {
            caps.add(new Cap.GapAfter(happening, least, citations.of(section, key)));
        }
    }

    private static @Nullable Duration period(YamlMap section, String key) {
        return section.duration(key)
                .must(
                        least -> least.isPositive() && least.compareTo(Cap.LONGEST_PERIOD) <= 0,
                        "longer than 0s, at most 366d")
                .orNull();
    }

    public static BlockedNumbers blocked(YamlMap map, Citations citations) {
        YamlMap section = map.map("blocked").orNull();
        if (section == null) {
            return BlockedNumbers.NONE;
        }
        List<NumberKind> kinds =
                section.values("kinds", ScalarType.choice(NumberKind.class)).orElse(List.of());
        EnumSet<NumberKind> kindSet = EnumSet.noneOf(NumberKind.class);
        kindSet.addAll(kinds);
        return new BlockedNumbers(
                prefixes(section.list("prefixes").orNull()), kindSet, citations.of(section, "prefixes", "kinds"));
    }

    /** @param source the policy or file that is named as the source of the terms */
    public static @Nullable AbandonmentTerms abandonment(YamlMap map, String source, Citations citations) {
        YamlMap section = map.map("abandonment").orNull();
        if (section == null) {
            return null;
        }
        section.node(NO_REDIAL);
        section.node(UNLESS_RESERVED);
        return new AbandonmentTerms(
                source,
                section.percent("limit").required(0.0),
                section.choice("denominator", Denominator.class).orElse(Denominator.ANSWERED_BY_PERSON),
                section.value("window", WINDOW).required(SHORTEST),
                section.choice("clock", ClockStart.class).orElse(ClockStart.ANSWER),
                section.duration("connect-within")
                        .must(from(Duration.ZERO, AbandonmentTerms.LONGEST_CONNECT), "a duration from 0s to 1m")
                        .required(Duration.ZERO)
                        .toMillis(),
                section.duration("minimum-ring")
                        .must(from(Duration.ZERO, AbandonmentTerms.LONGEST_MINIMUM_RING), "a duration up to 3m")
                        .orElse(Duration.ZERO)
                        .toMillis(),
                citations.of(section, "limit", "connect-within", "window", "minimum-ring"));
    }

    private static @Nullable Window window(String text) {
        if (text.equals("calendar-month")) {
            return new Window.CalendarMonth();
        }
        Duration length = ScalarType.DURATION.parse().apply(text);
        if (length == null) {
            return null;
        }
        boolean isWindow = from(AbandonmentTerms.SHORTEST_WINDOW, AbandonmentTerms.LONGEST_WINDOW)
                .test(length);
        return isWindow ? new Window.Rolling(length.toMillis()) : null;
    }

    private static Predicate<Duration> from(Duration least, Duration most) {
        return value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static List<BlockedNumbers.Prefix> prefixes(@Nullable YamlList list) {
        List<BlockedNumbers.Prefix> prefixes = new ArrayList<>();
        if (list != null) {
            for (YamlNode element : list.elements()) {
                BlockedNumbers.Prefix prefix = element instanceof YamlMap map ? prefix(map) : PREFIX.read(element);
                if (prefix != null) {
                    prefixes.add(prefix);
                }
            }
        }
        return prefixes;
    }

    private static BlockedNumbers.@Nullable Prefix anyLength(String text) {
        return text.matches("\\+[1-9]\\d{0,14}")
                ? new BlockedNumbers.Prefix(text.substring(1), BlockedNumbers.Prefix.ANY_LENGTH)
                : null;
    }

    private static BlockedNumbers.Prefix prefix(YamlMap map) {
        BlockedNumbers.Prefix any = new BlockedNumbers.Prefix("", BlockedNumbers.Prefix.ANY_LENGTH);
        int atMost = map.integer("at-most-digits")
                .must(digits -> digits >= 1 && digits <= BlockedNumbers.Prefix.ANY_LENGTH, "1 to 15")
                .required(BlockedNumbers.Prefix.ANY_LENGTH);
        return new BlockedNumbers.Prefix(
                map.value("prefix", PREFIX).required(any).digits(), atMost);
    }

    private static @Nullable Integer count(YamlMap section, String key) {
        Field<Integer> count = section.integer(key);
        return count.must(value -> value >= 1, "at least 1").orNull();
    }
}
