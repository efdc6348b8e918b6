package org.paceline.daemon.config.key;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.dialer.pacing.PacingSettings.Predictive;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.key.Bounds;
import org.paceline.yaml.key.Entry;
import org.paceline.yaml.key.Key;
import org.paceline.yaml.key.Section;

/** The keys of a campaign's {@code pacing}. */
public final class PacingKeys {
    /** The settings where nothing is written. */
    public static final PacingSettings DEFAULT = new PacingSettings(DialMode.PROGRESSIVE, 1, 50);

    public static final Key<PacingSettings, DialMode> MODE = Key.of(
                    "mode",
                    ScalarType.choice(DialMode.class),
                    "a line for each free agent; ratio: lines-per-agent for each; predictive: docs/pacing.md")
            .usually(DEFAULT.mode())
            .shown(PacingSettings::mode);
    public static final Key<PacingSettings, Double> LINES_PER_AGENT = Key.of(
                    "lines-per-agent", ScalarType.DECIMAL, "of ratio mode")
            .within(Bounds.numbers(1, 10))
            .usually(DEFAULT.linesPerAgent())
            .shown(PacingSettings::linesPerAgent);
    public static final Key<PacingSettings, Integer> MAX_LINES = Key.of(
                    "max-lines", ScalarType.INTEGER, "most calls of the campaign at once")
            .within(Bounds.numbers(1, 100_000))
            .usually(DEFAULT.maxLines())
            .shown(PacingSettings::maxLines);

    public static final Key<PacingSettings, Double> MAX_ABANDONMENT = Key.of(
                    "max-abandonment",
                    ScalarType.PERCENT,
                    "of predictive mode, as the keys below: a stricter limit than the policies'")
            .usually(Predictive.DEFAULT.maxAbandonmentRatio())
            .shown((PacingSettings pacing) -> pacing.predictive().maxAbandonmentRatio())
            .when(PacingKeys::isPredictive);
    public static final Key<PacingSettings, Double> AGGRESSIVENESS = Key.of(
                    "aggressiveness", ScalarType.PERCENT, "how much of the limit is aimed at")
            .within(Bounds.of("more than 0%", share -> share > 0))
            .usually(Predictive.DEFAULT.aggressiveness())
            .shown((PacingSettings pacing) -> pacing.predictive().aggressiveness())
            .when(PacingKeys::isPredictive);
    public static final Key<PacingSettings, Double> MAX_LINES_PER_AGENT = Key.of(
                    "max-lines-per-agent", ScalarType.DECIMAL, "most calls without an agent for each signed-in agent")
            .within(Bounds.numbers(1, 50))
            .usually(Predictive.DEFAULT.maxLinesPerAgent())
            .shown((PacingSettings pacing) -> pacing.predictive().maxLinesPerAgent())
            .when(PacingKeys::isPredictive);
    public static final Key<PacingSettings, Duration> MIN_RING = Key.of(
                    "min-ring",
                    ScalarType.DURATION,
                    "no call that has rung for less is given up; the policies' minimum holds too")
            .within(Bounds.durations(Duration.ofSeconds(5), Duration.ofMinutes(3)))
            .usually(Duration.ofMillis(Predictive.DEFAULT.minRingMillis()))
            .shown((PacingSettings pacing) ->
                    Duration.ofMillis(pacing.predictive().minRingMillis()))
            .when(PacingKeys::isPredictive);
    public static final Key<PacingSettings, Boolean> CANCEL_RISKY_CALLS = Key.of(
                    "cancel-risky-calls",
                    ScalarType.FLAG,
                    "gives up calls that have rung for so long when there would be no agent for them")
            .usually(Predictive.DEFAULT.cancelsRiskyCalls())
            .shown((PacingSettings pacing) -> pacing.predictive().cancelsRiskyCalls())
            .when(PacingKeys::isPredictive);
    public static final Key<PacingSettings, Duration> DAY = Key.of(
                    "day",
                    ScalarType.DURATION,
                    "how long a day of dialling lasts: what its rest will bring is counted on")
            .within(Bounds.durations(Duration.ofHours(1), Duration.ofHours(24)).saying("1h to 24h"))
            .usually(Duration.ofMillis(Predictive.DEFAULT.dayMillis()))
            .shown((PacingSettings pacing) ->
                    Duration.ofMillis(pacing.predictive().dayMillis()))
            .when(PacingKeys::isPredictive);

    /** The keys that matter in predictive mode only. */
    public static final List<Key<PacingSettings, ?>> PREDICTIVE =
            List.of(MAX_ABANDONMENT, AGGRESSIVENESS, MAX_LINES_PER_AGENT, MIN_RING, CANCEL_RISKY_CALLS, DAY);

    public static final Section<Object, PacingSettings> SECTION =
            Section.of("pacing", "how many calls are placed when", all());

    private PacingKeys() {}

    private static List<Entry<? super PacingSettings>> all() {
        List<Entry<? super PacingSettings>> keys = new ArrayList<>(List.of(MODE, LINES_PER_AGENT, MAX_LINES));
        keys.addAll(PREDICTIVE);
        return keys;
    }

    private static boolean isPredictive(PacingSettings pacing) {
        return pacing.mode() == DialMode.PREDICTIVE;
    }
}
