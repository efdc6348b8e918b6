package org.paceline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | paceline-bench: no command: name one of engine, sip, donotcall, rules, pacing; see paceline-bench --help",
                "engine --agents 0 | --agents=0: must be from 1 to 1000000",
                "engine --agents many | 'many' is not an int",
                "engine --rate 0 | --rate=0: must be from 1 to 10000000",
                "engine --journal disk | expected one of [H2, NONE]",
                "engine --agents 5 --dials-per-second 10 | --agents=5: must be at least --dials-per-second",
                "engine --speed 1 | Unknown options: '--speed', '1'",
                "pacing --agents 0 | --agents=0: must be from 1 to 2000",
                "pacing --hours 9 | --hours=9: must be from 0.1 to 8",
                "pacing --pacer guessing | expected one of [PREDICTIVE, PROGRESSIVE, RATIO, LINES_PER_IDLE,",
                "rules --forks 21 | --forks=21: must be from 0 to 20",
                "rules --seconds 0 | --seconds=0: must be from 0.01 to 600",
                "sip --rate 1 --seconds 1 --hold 1 | Missing required option: '--to=HOST:PORT'",
                "sip --to 127.0.0.1 --rate 1 --seconds 1 --hold 1 | --to=127.0.0.1: must be HOST:PORT",
                "sip --to 127.0.0.1:sip --rate 1 --seconds 1 --hold 1 | the port is not a number",
                "sip --to 127.0.0.1:70000 --rate 1 --seconds 1 --hold 1 | the port must be from 1 to 65535",
                "sip --to 192.0.2.1:5060 --rate 1 --seconds 1 --hold 1 | if the peer is yours, add --allow-remote",
                "sip --to 127.0.0.1:5060 --rate 0 --seconds 1 --hold 1 | --rate=0: must be from 1 to 100000",
                "sip --to 127.0.0.1:5060 --rate 99999 --seconds 3600 --hold 1 | must be at most 2000000 calls",
            })
    void shouldRefuseWrongUseInOneLine(String line, String message) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldShowHelp() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("engine", "sip");
        assertThat(run("sip", "--help")).isZero();
        assertThat(out.toString()).contains("--beside-sipp", "--allow-remote");
    }

    @Test
    void shouldFailInOneLineWhereNoReportCanBeLeft() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(run("engine", "--out", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("is a file: name a folder").hasLineCount(1);
    }

    @Test
    void shouldMeasureTheEngineForTwoSeconds() throws IOException {
        int code = run(
                "engine",
                "--agents",
                "50",
                "--rate",
                "500",
                "--seconds",
                "2",
                "--warmup",
                "1",
                "--dials-per-second",
                "20",
                "--journal",
                "h2",
                "--out",
                folder.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        JsonNode figures = new ObjectMapper()
                .readTree(folder.resolve("summary.json").toFile())
                .path("figures");
        assertThat(figures.path("events").path("value").asInt()).isEqualTo(1_000);
        assertThat(figures.path("dials").path("value").asInt()).isEqualTo(40);
        assertThat(figures.path("dials.missing").path("value").asInt()).isZero();
        assertThat(figures.path("eventToEffects.p99").path("atMost").asInt()).isEqualTo(20);
        assertThat(figures.path("freeToDial.p50").path("value").asDouble()).isPositive();
        assertThat(out.toString()).contains("engine: second 2", "dial: second 2", "free agent → dial", "report.html");
    }

    @Test
    void shouldKeepPredictiveDaysUnderTheLimitAndBeatOneLineForEachAgent() throws IOException {
        int code = run("pacing", "--agents", "10", "--seeds", "2", "--out", folder.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        JsonNode figures = new ObjectMapper()
                .readTree(folder.resolve("summary.json").toFile())
                .path("figures");
        assertThat(figures.path("constant.predictive.10.worst").path("value").asDouble())
                .isBetween(1.0, 3.0);
        assertThat(figures.path("constant.predictive.10.utilisation")
                        .path("value")
                        .asDouble())
                .isGreaterThan(figures.path("constant.progressive.10.utilisation")
                                .path("value")
                                .asDouble()
                        + 15);
        assertThat(figures.path("constant.progressive.10.worst").path("value").asDouble(-1))
                .isZero();
    }

    @Test
    void shouldMeasureAVerdict() throws IOException {
        int code = run(
                "rules",
                "--forks",
                "0",
                "--warmup",
                "0",
                "--iterations",
                "1",
                "--seconds",
                "0.1",
                "--out",
                folder.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        JsonNode figures = new ObjectMapper()
                .readTree(folder.resolve("summary.json").toFile())
                .path("figures");
        assertThat(figures.path("permitted.nanos").path("value").asDouble()).isPositive();
        assertThat(figures.path("permitted.bytes").path("atMost").asInt(-1)).isZero();
        assertThat(figures.path("refusedByCap.bytes").path("value").asDouble()).isPositive();
        assertThat(out.toString()).contains("permitted, mean", "refused by a cap, mean");
    }

    private int run(String... arguments) {
        CommandLine command = Bench.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
