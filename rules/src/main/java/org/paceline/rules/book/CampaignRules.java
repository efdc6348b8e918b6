package org.paceline.rules.book;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.Budget;
import org.paceline.rules.NumberRange;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.calendar.CallingHours;
import org.paceline.rules.calendar.CallingHoursReader;
import org.paceline.rules.citation.Citations;
import org.paceline.rules.policy.BlockedNumbers;
import org.paceline.rules.policy.Cap;
import org.paceline.rules.policy.ClassOfService;
import org.paceline.rules.policy.DutiesReader;
import org.paceline.rules.policy.GradePlan;
import org.paceline.rules.policy.LimitsReader;
import org.paceline.yaml.YamlMap;

/**
 * The rules of a campaign itself, on top of its policies. It can narrow what they allow, never widen it.
 *
 * @param campaign the campaign's name; do-not-call entries of other campaigns do not bind it
 * @param source the file that sets it, cited in refusals
 * @param zone the call centre's time zone, whose day counts for caps of agents
 * @param allottedCallerIds the numbers that it may present as caller ID; none for a campaign that may not dial
 * @param hours its own hours; null where the policies' suffice
 * @param caps its own caps
 * @param blocked numbers that it never dials
 * @param abandonment its own terms of abandoned calls, or null
 * @param recording how its calls are recorded; a policy that demands recording makes it {@link
 * RecordingDirective#ALWAYS}
 * @param hasRecordingNotice whether people who are recorded are told so before
 * @param hasScript whether its agents read from a script
 * @param classOfService how far it may call; null where the file does not say
 * @param grades the grades of leads that it dials, with their plans; none for all leads alike
 * @param budget what its calls may cost
 * @param leadNameRequired the source of the duty that leads must have names, or null where they need not
 */
public record CampaignRules(
        String campaign,
        String source,
        ZoneId zone,
        List<NumberRange> allottedCallerIds,
        @Nullable CallingHours hours,
        List<Cap> caps,
        BlockedNumbers blocked,
        @Nullable AbandonmentTerms abandonment,
        RecordingDirective recording,
        boolean hasRecordingNotice,
        boolean hasScript,
        @Nullable ClassOfService classOfService,
        Map<String, GradePlan> grades,
        Budget budget,
        @Nullable String leadNameRequired) {
    public CampaignRules {
        allottedCallerIds = List.copyOf(allottedCallerIds);
        caps = List.copyOf(caps);
        grades = Collections.unmodifiableMap(new LinkedHashMap<>(grades));
    }

    /** Returns the rules of no campaign: a dial is judged by policies alone, with any caller ID. */
    public static CampaignRules none() {
        return new CampaignRules(
                "",
                "no campaign",
                ZoneOffset.UTC,
                List.of(NumberRange.ANY),
                null,
                List.of(),
                BlockedNumbers.NONE,
                null,
                RecordingDirective.NEVER,
                false,
                false,
                null,
                Map.of(),
                Budget.unlimited("no campaign"),
                null);
    }

    /** Whether these are the rules of no campaign. */
    boolean isNone() {
        return campaign.isEmpty();
    }

    /**
     * Reads a campaign's {@code hours}, {@code holidays}, {@code caps}, {@code blocked}, {@code abandonment}, {@code
     * caller-ids} (its allotted numbers and ranges), {@code recording}, whether there are {@code recording-notice} and
     * {@code script}, {@code class-of-service}, {@code grades}, {@code budget} and {@code list}. All but {@code
     * caller-ids} may be missing. The same mapping may hold other keys; its reader refuses unknown ones.
     *
     * @param zone the call centre's time zone
     */
    public static CampaignRules read(YamlMap map, String campaign, ZoneId zone) {
        String source = map.place().file();
        Citations citations = Citations.of(List.of(map), source);
        return new CampaignRules(
                campaign,
                source,
                zone,
                CampaignRuleKeys.CALLER_IDS.of(map),
                CallingHoursReader.read(map, citations),
                LimitsReader.caps(map, citations),
                LimitsReader.blocked(map, citations),
                LimitsReader.abandonment(map, source, citations),
                CampaignRuleKeys.RECORDING.of(map),
                CampaignRuleKeys.RECORDING_NOTICE.in(map).isWritten(),
                map.map(CampaignRuleKeys.SCRIPT).isWritten(),
                ClassOfService.read(map),
                GradePlan.read(map),
                budget(map, campaign),
                DutiesReader.leadName(map, citations));
    }

    private static Budget budget(YamlMap map, String campaign) {
        YamlMap budget = CampaignRuleKeys.BUDGET.in(map);
        return new Budget(
                "campaign:" + campaign,
                CampaignRuleKeys.MONTH.in(budget).orElse(Budget.NO_LIMIT),
                CampaignRuleKeys.RESERVE.of(budget).toMillis(),
                budget.place().file());
    }

    /** Returns these rules with a budget that the campaign shares with others. */
    public CampaignRules withBudget(Budget shared) {
        return new CampaignRules(
                campaign,
                source,
                zone,
                allottedCallerIds,
                hours,
                caps,
                blocked,
                abandonment,
                recording,
                hasRecordingNotice,
                hasScript,
                classOfService,
                grades,
                shared,
                leadNameRequired);
    }
}
