package org.paceline.bench.pacing.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.PacingSettings;

class PacingChangeTest {
    private static final PacingSettings PREDICTIVE = new PacingSettings(DialMode.PREDICTIVE, 1, 500);

    @Test
    void shouldChangeWhatIsSetAndNothingElse() throws Exception {
        PacingChange change = PacingChange.parse(List.of(
                "max-abandonment=2%",
                "aggressiveness=80%", "max-lines-per-agent=4", "min-ring=20s", "cancel-risky-calls=false"));
        assertThat(change.of(PREDICTIVE))
                .isEqualTo(new PacingSettings(
                        DialMode.PREDICTIVE,
                        1,
                        500,
                        new PacingSettings.Predictive(0.02, 0.8, 4, 20_000, false, 8 * 3_600_000L)));
        assertThat(change.label())
                .isEqualTo("max-abandonment=2% aggressiveness=80% max-lines-per-agent=4 min-ring=20s"
                        + " cancel-risky-calls=false");
        assertThat(PacingChange.parse(List.of()).of(PREDICTIVE)).isEqualTo(PREDICTIVE);
    }

    @Test
    void shouldChangeTheMode() throws Exception {
        assertThat(PacingChange.parse(List.of("mode=ratio", "lines-per-agent=1.5"))
                        .of(PREDICTIVE))
                .isEqualTo(new PacingSettings(DialMode.RATIO, 1.5, 500));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max-abandonmet=2%               | --set max-abandonmet=2%: must be KEY=VALUE with a key of mode, lines-per-agent,
            max-abandonment                 | --set max-abandonment: has no value: must be max-abandonment=VALUE
            max-abandonment=2               | --set max-abandonment=2: must be a percentage from 0% to 100%, for example 3%; is '2'
            aggressiveness=0.8              | --set aggressiveness=0.8: must be a percentage from 0% to 100%, for example 3%; is '0.8'
            aggressiveness=0%               | --set aggressiveness=0%: must be more than 0%; is 0.0
            min-ring=1s                     | --set min-ring=1s: must be a duration from 5s to 3m; is 1s
            min-ring=                       | --set min-ring=: must be a duration, for example 30s, 15m, 2h, 30d or 1h30m; is empty
            max-lines-per-agent=0.5         | --set max-lines-per-agent=0.5: must be a number from 1 to 50; is 0.5
            day=30m                         | --set day=30m: must be 1h to 24h; is 30m
            cancel-risky-calls=no           | --set cancel-risky-calls=no: must be true or false; is 'no'
            mode=fast                       | --set mode=fast: must be one of progressive, ratio, predictive; is 'fast'
            lines-per-agent=2               | --set lines-per-agent=2: holds in ratio mode only, and the mode is predictive
            mode=ratio,max-abandonment=2%   | --set max-abandonment=2%: holds in predictive mode only, and the mode is ratio: set mode: predictive, or leave it out
            min-ring=20s,min-ring=25s       | --set min-ring=25s: min-ring is set twice
            """)
    void shouldSayWhatIsWrong(String options, String message) {
        assertThatThrownBy(() -> PacingChange.parse(List.of(options.split(","))).of(PREDICTIVE))
                .hasMessageStartingWith(message);
    }
}
