package org.paceline.rules.book;

import java.time.Duration;
import java.util.List;
import org.paceline.rules.Budget;
import org.paceline.rules.Money;
import org.paceline.rules.NumberRange;
import org.paceline.rules.RecordingDirective;
import org.paceline.yaml.JsonKeywords;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.key.Bounds;
import org.paceline.yaml.key.Key;
import org.paceline.yaml.key.ListKey;
import org.paceline.yaml.key.Section;

/** The keys of a campaign's file that {@link CampaignRules} reads and no policy has. */
public final class CampaignRuleKeys {
    public static final ListKey<Object, NumberRange> CALLER_IDS = ListKey.of(
                    "caller-ids",
                    new ScalarType<>(
                                    "a number or a range, for example +13055550100 or +13055550100..+13055550199",
                                    NumberRange::parse)
                            .json(JsonKeywords.digits(NumberRange.FORM)),
                    "what the company allotted to this campaign")
            .required();
    public static final Key<Object, RecordingDirective> RECORDING = Key.of(
                    "recording",
                    ScalarType.choice(RecordingDirective.class),
                    "always, on-demand, never; always refuses to dial while recordings cannot be written")
            .usually(RecordingDirective.NEVER);
    public static final Key<Object, String> RECORDING_NOTICE = Key.of(
            "recording-notice",
            ScalarType.TEXT,
            "what both hear before a recording begins: WAV, 8 kHz mono; policies may demand it");
    public static final String SCRIPT = "script";

    public static final Key<Object, Long> MONTH =
            Key.of("month", Money.TYPE, "of the node's currency; no limit unless set; not beside department");
    static final Key<Object, Duration> RESERVE = Key.of(
                    "reserve", ScalarType.DURATION, "the talk that is paid for in advance with each attempt")
            .within(Bounds.durations(Duration.ofSeconds(1), Duration.ofHours(4)))
            .usually(Duration.ofMillis(Budget.RESERVE_MILLIS));
    public static final Section<Object, Object> BUDGET = Section.of(
            "budget",
            "what its calls may cost in a month of the node's zone; its trunks must have a tariff",
            List.of(MONTH, RESERVE));

    private CampaignRuleKeys() {}
}
