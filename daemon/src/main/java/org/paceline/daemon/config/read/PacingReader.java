package org.paceline.daemon.config.read;

import java.time.Duration;
import org.paceline.daemon.config.key.PacingKeys;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.yaml.Field;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlMap;
import org.paceline.yaml.key.Key;

/** Reads {@code pacing}, of a campaign's file or of a change to one. */
public final class PacingReader {

    private PacingReader() {}

    /** @param before the settings that keep where nothing is written */
    public static PacingSettings read(YamlMap pacing, PacingSettings before) {
        DialMode mode = PacingKeys.MODE.in(pacing).orElse(before.mode());
        Field<Double> lines = PacingKeys.LINES_PER_AGENT.in(pacing);
        if (mode == DialMode.PROGRESSIVE && lines.orElse(1.0) > 1) {
            lines.place()
                    .problem("is " + lines.orElse(1.0) + ", but progressive mode dials one line for each agent:"
                            + " set mode: ratio, or leave it out");
        }
        PacingSettings settings = new PacingSettings(
                mode,
                lines.orElse(before.linesPerAgent()),
                PacingKeys.MAX_LINES.in(pacing).orElse(before.maxLines()),
                predictive(pacing, before.predictive()));
        if (mode != DialMode.PREDICTIVE) {
            PacingKeys.PREDICTIVE.forEach(key -> refuse(key, pacing, mode));
        }
        return settings;
    }

    private static PacingSettings.Predictive predictive(YamlMap pacing, PacingSettings.Predictive before) {
        return new PacingSettings.Predictive(
                PacingKeys.MAX_ABANDONMENT.in(pacing).orElse(before.maxAbandonmentRatio()),
                PacingKeys.AGGRESSIVENESS.in(pacing).orElse(before.aggressiveness()),
                PacingKeys.MAX_LINES_PER_AGENT.in(pacing).orElse(before.maxLinesPerAgent()),
                PacingKeys.MIN_RING
                        .in(pacing)
                        .orElse(Duration.ofMillis(before.minRingMillis()))
                        .toMillis(),
                PacingKeys.CANCEL_RISKY_CALLS.in(pacing).orElse(before.cancelsRiskyCalls()),
                PacingKeys.DAY
                        .in(pacing)
                        .orElse(Duration.ofMillis(before.dayMillis()))
                        .toMillis());
    }

    private static void refuse(Key<?, ?> key, YamlMap pacing, DialMode mode) {
        Field<?> field = key.in(pacing);
        if (field.orNull() != null) {
            field.place()
                    .problem("holds in predictive mode only, and the mode is " + ScalarType.written(mode)
                            + ": set mode: predictive, or leave it out");
        }
    }
}
