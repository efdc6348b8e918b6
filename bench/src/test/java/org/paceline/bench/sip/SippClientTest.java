package org.paceline.bench.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.paceline.bench.measure.BenchException;

class SippClientTest {

    @Test
    void shouldReadTheCpuTimeOfWhatTheShellRan() throws BenchException {
        assertThat(SippClient.childCpuNanos("0m0.001234s 0m0.000000s\n1m2.500000s 0m0.250000s\n"))
                .isEqualTo(62_750_000_000L);
        assertThat(SippClient.childCpuNanos("0m0.00s 0m0.00s\n0m0.07s 0m0.03s\n"))
                .isEqualTo(100_000_000L);
    }

    @Test
    void shouldSayWhatTheShellDidNotTell() {
        assertThatThrownBy(() -> SippClient.childCpuNanos("nothing")).hasMessageContaining("nothing");
    }

    @Test
    void shouldReadTheLastLineOfTheStatistics() throws BenchException {
        List<String> lines = List.of(
                "StartTime;TotalCallCreated;SuccessfulCall(P);SuccessfulCall(C);FailedCall(C);",
                "t;50;10;40;0;",
                "t;100;1;97;3;");

        assertThat(SippClient.result(lines, 5, 1)).isEqualTo(new SippClient.Result(100, 97, 3, 5));
    }

    @Test
    void shouldTellThatSippMadeNoCall() {
        assertThatThrownBy(() -> SippClient.result(List.of(), 0, 254)).hasMessageContaining("ended with code 254");
    }
}
