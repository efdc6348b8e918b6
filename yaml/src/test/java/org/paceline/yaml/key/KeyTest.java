package org.paceline.yaml.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.paceline.yaml.ConfigProblem;
import org.paceline.yaml.ConfigProblems;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlFile;
import org.paceline.yaml.YamlMap;
import org.paceline.yaml.YamlText;

class KeyTest {
    private static final Key<Oven, Integer> TRAYS = Key.of("trays", ScalarType.INTEGER, "how many at once")
            .within(Bounds.numbers(1, 8))
            .usually(2)
            .shown(Oven::trays);
    private static final Key<Oven, Duration> BAKE = Key.of("bake", ScalarType.DURATION, "")
            .within(Bounds.durations(Duration.ZERO, Duration.ofHours(1)).or(Duration.ofDays(1), "1d for a slow one"))
            .required(Duration.ZERO)
            .shown(Oven::bake);
    private static final Key<Oven, Double> FULL =
            Key.of("full", ScalarType.PERCENT, "share of the trays in use").shown(Oven::full);
    private static final Section<Object, Oven> OVEN =
            Section.of("oven", "where it is baked", List.of(TRAYS, BAKE, FULL));

    private record Oven(int trays, Duration bake, @Nullable Double full) {}

    private final ConfigProblems problems = new ConfigProblems();

    @Test
    void shouldReadValuesAndDefaults() {
        YamlMap oven = read("oven: {bake: 40m}");
        assertThat(TRAYS.of(oven)).isEqualTo(2);
        assertThat(BAKE.of(oven)).isEqualTo(Duration.ofMinutes(40));
        assertThat(FULL.orNull(oven)).isNull();
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void shouldTellWhatIsOutOfBoundsOrMissing() {
        YamlMap oven = read("oven: {trays: 9}");
        assertThat(TRAYS.of(oven)).isEqualTo(2);
        BAKE.of(oven);
        BAKE.of(read("oven: {bake: 2h}"));
        assertThat(problems.list())
                .extracting(ConfigProblem::message)
                .containsExactly(
                        "must be a number from 1 to 8; is 9",
                        "is missing: must be a duration, for example 30s, 15m, 2h, 30d or 1h30m",
                        "must be a duration up to 1h, 1d for a slow one; is 2h");
    }

    @Test
    void shouldTakeZeroBesideItsBounds() {
        assertThat(BAKE.of(read("oven: {bake: 1d}"))).isEqualTo(Duration.ofDays(1));
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void shouldShowValuesAsFilesWriteThem() {
        YamlText yaml = new YamlText();
        OVEN.showAll(yaml, new Oven(3, Duration.ofMinutes(90), 0.125));
        OVEN.showAll(yaml, new Oven(1, Duration.ZERO, null));
        assertThat(yaml.toString()).isEqualTo("""
                trays: 3
                bake: 1h30m
                full: "12.5%"
                trays: 1
                bake: 0s
                # full: not set
                """);
    }

    @Test
    void shouldReadOptionsAsTheFileIsRead() {
        YamlMap options = YamlMap.ofTexts("--set", Map.of("trays", "many"), problems);
        TRAYS.of(options);
        assertThat(problems.list())
                .containsExactly(
                        new ConfigProblem("--set", 0, "trays", "must be a whole number, for example 3; is 'many'"));
    }

    private YamlMap read(String text) {
        return OVEN.in(YamlFile.parse("oven.yaml", text, problems));
    }
}
