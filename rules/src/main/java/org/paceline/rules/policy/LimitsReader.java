package org.paceline.rules.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.NumberKind;
import org.paceline.rules.citation.Citations;
import org.paceline.rules.policy.Cap.GapAfter.Happening;
import org.paceline.yaml.YamlList;
import org.paceline.yaml.YamlMap;
import org.paceline.yaml.YamlNode;
import org.paceline.yaml.key.Key;

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
    private LimitsReader() {}

    public static List<Cap> caps(YamlMap map, Citations citations) {
        List<Cap> caps = new ArrayList<>();
        YamlMap abandonment = LimitKeys.ABANDONMENT.orNull(map);
        if (abandonment != null) {
            gapAfter(caps, abandonment, LimitKeys.NO_REDIAL, Happening.ABANDONED_CALL, citations);
            gapAfter(
                    caps,
                    abandonment,
                    LimitKeys.NO_REDIAL_UNLESS_RESERVED,
                    Happening.ABANDONED_CALL_UNLESS_RESERVED,
                    citations);
        }
        YamlMap section = LimitKeys.CAPS.orNull(map);
        if (section == null) {
            return caps;
        }
        section.node("citation");
        Integer numberDay = LimitKeys.NUMBER_DAY.orNull(section);
        if (numberDay != null) {
            caps.add(new Cap.NumberDay(numberDay, citations.of(section, "number-day")));
        }
        String rollingCited = citations.of(section, "rolling");
        caps.addAll(LimitKeys.rolling(rollingCited).of(section));
        Duration gap = LimitKeys.GAP.orNull(section);
        if (gap != null) {
            caps.add(new Cap.NumberGap(gap, citations.of(section, "gap")));
        }
        gapAfter(caps, section, LimitKeys.GAP_AFTER_CONVERSATION, Happening.CONVERSATION, citations);
        gapAfter(caps, section, LimitKeys.GAP_AFTER_REFUSAL, Happening.REFUSAL, citations);
        Integer numberInCampaign = LimitKeys.NUMBER_CAMPAIGN.orNull(section);
        if (numberInCampaign != null) {
            caps.add(new Cap.NumberInCampaign(numberInCampaign, citations.of(section, "number-campaign")));
        }
        Integer campaignDay = LimitKeys.CAMPAIGN_DAY.orNull(section);
        if (campaignDay != null) {
            caps.add(new Cap.CampaignDay(campaignDay, citations.of(section, "campaign-day")));
        }
        Integer agentDay = LimitKeys.AGENT_DAY.orNull(section);
        if (agentDay != null) {
            caps.add(new Cap.AgentDay(agentDay, citations.of(section, "agent-day")));
        }
        return caps;
    }

    private static void gapAfter(
            List<Cap> caps, YamlMap section, Key<?, Duration> key, Happening happening, Citations citations) {
        Duration least = key.orNull(section);
        if (least != null) {
            caps.add(new Cap.GapAfter(happening, least, citations.of(section, key.name())));
        }
    }

    public static BlockedNumbers blocked(YamlMap map, Citations citations) {
        YamlMap section = LimitKeys.BLOCKED.orNull(map);
        if (section == null) {
            return BlockedNumbers.NONE;
        }
        EnumSet<NumberKind> kindSet = EnumSet.noneOf(NumberKind.class);
        kindSet.addAll(LimitKeys.KINDS.of(section));
        return new BlockedNumbers(
                prefixes(section.list(LimitKeys.PREFIXES.name()).orNull()),
                kindSet,
                citations.of(section, "prefixes", "kinds"));
    }

    /** @param source the policy or file that is named as the source of the terms */
    public static @Nullable AbandonmentTerms abandonment(YamlMap map, String source, Citations citations) {
        YamlMap section = LimitKeys.ABANDONMENT.orNull(map);
        if (section == null) {
            return null;
        }
        section.node(LimitKeys.NO_REDIAL.name());
        section.node(LimitKeys.NO_REDIAL_UNLESS_RESERVED.name());
        return new AbandonmentTerms(
                source,
                LimitKeys.LIMIT.of(section),
                LimitKeys.DENOMINATOR.of(section),
                LimitKeys.WINDOW.of(section),
                LimitKeys.CLOCK.of(section),
                LimitKeys.CONNECT_WITHIN.of(section).toMillis(),
                LimitKeys.MINIMUM_RING.of(section).toMillis(),
                citations.of(section, "limit", "connect-within", "window", "minimum-ring"));
    }

    private static List<BlockedNumbers.Prefix> prefixes(@Nullable YamlList list) {
        List<BlockedNumbers.Prefix> prefixes = new ArrayList<>();
        if (list != null) {
            for (YamlNode element : list.elements()) {
                BlockedNumbers.Prefix prefix =
                        element instanceof YamlMap map ? prefix(map) : LimitKeys.PREFIX_TYPE.read(element);
                if (prefix != null) {
                    prefixes.add(prefix);
                }
            }
        }
        return prefixes;
    }

    private static BlockedNumbers.Prefix prefix(YamlMap map) {
        int atMost = LimitKeys.AT_MOST_DIGITS.of(map);
        return new BlockedNumbers.Prefix(LimitKeys.PREFIX.of(map).digits(), atMost);
    }
}
