package org.paceline.rules.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.NumberKind;
import org.paceline.rules.yaml.Field;
import org.paceline.rules.yaml.ScalarType;
import org.paceline.rules.yaml.YamlList;
import org.paceline.rules.yaml.YamlMap;
import org.paceline.rules.yaml.YamlNode;

/**
 * Reads the limits that policies and campaigns write alike.
 *
 * <pre>{@code
 * caps:
 *   citation: Fla. Stat. § 501.616(6)(b)
 *   number-day: 3
 *   rolling: [3 in 24h, 4 in 30d]
 *   gap: 30m
 *   agent-day: 200
 * blocked:
 *   prefixes: ["+86168", {prefix: "+869", at-most-digits: 10}]
 *   kinds: [premium-rate, shared-cost]
 * abandonment:
 *   limit: 3%
 *   connect-within: 2s
 *   window: 30d
 *   minimum-ring: 15s
 * }</pre>
 */
public final class LimitsReader {
    private static final ScalarType<BlockedNumbers.Prefix> PREFIX =
            new ScalarType<>("leading digits in E.164 form, for example +86168", LimitsReader::anyLength);

    private LimitsReader() {}

    /** @param citation what is cited where the section cites nothing itself */
    public static List<Cap> caps(YamlMap map, String citation) {
        YamlMap section = map.map("caps").orNull();
        List<Cap> caps = new ArrayList<>();
        if (section == null) {
            return caps;
        }
        String cited = section.text("citation").orElse(citation);
        Integer numberDay = count(section, "number-day");
        if (numberDay != null) {
            caps.add(new Cap.NumberDay(numberDay, cited));
        }
        ScalarType<Cap.NumberRolling> rolling = new ScalarType<>(
                "a count and a period up to 366d, for example 3 in 24h", text -> Cap.NumberRolling.parse(text, cited));
        caps.addAll(section.values("rolling", rolling).orElse(List.of()));
        Duration gap = section.duration("gap")
                .must(
                        least -> least.isPositive() && least.compareTo(Cap.LONGEST_PERIOD) <= 0,
                        "longer than 0s, at most 366d")
                .orNull();
        if (gap != null) {
            caps.add(new Cap.NumberGap(gap, cited));
        }
        Integer agentDay = count(section, "agent-day");
        if (agentDay != null) {
            caps.add(new Cap.AgentDay(agentDay, cited));
        }
        return caps;
    }

    /** @param citation what is cited where the section cites nothing itself */
    public static BlockedNumbers blocked(YamlMap map, String citation) {
        YamlMap section = map.map("blocked").orNull();
        if (section == null) {
            return BlockedNumbers.NONE;
        }
        List<NumberKind> kinds =
                section.values("kinds", ScalarType.choice(NumberKind.class)).orElse(List.of());
        EnumSet<NumberKind> kindSet = EnumSet.noneOf(NumberKind.class);
        kindSet.addAll(kinds);
        return new BlockedNumbers(
                prefixes(section.list("prefixes").orNull()),
                kindSet,
                section.text("citation").orElse(citation));
    }

    /** @param citation what is cited where the section cites nothing itself */
    public static @Nullable AbandonmentTerms abandonment(YamlMap map, String citation) {
        YamlMap section = map.map("abandonment").orNull();
        if (section == null) {
            return null;
        }
        return new AbandonmentTerms(
                section.percent("limit").required(0.0),
                section.duration("connect-within")
                        .must(from(Duration.ZERO, AbandonmentTerms.LONGEST_CONNECT), "a duration from 0s to 1m")
                        .required(Duration.ZERO)
                        .toMillis(),
                section.duration("window")
                        .must(
                                from(AbandonmentTerms.SHORTEST_WINDOW, AbandonmentTerms.LONGEST_WINDOW),
                                "a duration from 1m to 366d")
                        .required(AbandonmentTerms.SHORTEST_WINDOW)
                        .toMillis(),
                section.duration("minimum-ring")
                        .must(from(Duration.ZERO, AbandonmentTerms.LONGEST_MINIMUM_RING), "a duration up to 3m")
                        .orElse(Duration.ZERO)
                        .toMillis(),
                section.text("citation").orElse(citation));
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
