package org.paceline.bench.pacing.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.paceline.bench.measure.BenchException;
import org.paceline.daemon.config.key.PacingKeys;
import org.paceline.daemon.config.read.PacingReader;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.yaml.ConfigProblem;
import org.paceline.yaml.ConfigProblems;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlMap;

/**
 * A supervisor's change of a campaign's {@code pacing}, given as {@code --set KEY=VALUE}.
 *
 * @param values by key, in the order given
 */
public record PacingChange(Map<String, String> values) {
    private static final List<String> KEYS = PacingKeys.SECTION.names();

    /** @throws BenchException with one line: which option is wrong and what would be right */
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

    /** Returns the label: {@code max-abandonment=2% min-ring=20s}. */
    public String label() {
        return String.join(" ", values.keySet().stream().map(this::option).toList());
    }

    /**
     * Returns the settings with the change.
     *
     * @throws BenchException with one line: the message of a campaign's file on the first option that is wrong
     */
    public PacingSettings of(PacingSettings before) throws BenchException {
        ConfigProblems problems = new ConfigProblems();
        PacingSettings after = PacingReader.read(YamlMap.ofTexts("--set", values, problems), before);
        if (!problems.isEmpty()) {
            ConfigProblem first = problems.list().getFirst();
            throw new BenchException("--set " + option(first.key()) + ": " + first.message());
        }
        String lines = PacingKeys.LINES_PER_AGENT.name();
        if (after.mode() != DialMode.RATIO && values.containsKey(lines)) {
            throw new BenchException("--set " + option(lines) + ": holds in ratio mode only, and the mode is "
                    + ScalarType.written(after.mode()));
        }
        return after;
    }

    private String option(String key) {
        return key + "=" + values.get(key);
    }
}
