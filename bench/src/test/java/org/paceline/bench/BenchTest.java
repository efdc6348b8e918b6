package org.paceline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.daemon.calls.CallExport;
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
                "\"\" | paceline-bench: no command: name one of engine, sip, donotcall, rules, pacing, decision, storage; see paceline-bench --help",
                "engine --agents 0 | --agents=0: must be from 1 to 1000000",
                "engine --agents many | 'many' is not an int",
                "engine --rate 0 | --rate=0: must be from 1 to 10000000",
                "engine --journal disk | expected one of [H2, NONE]",
                "engine --agents 5 --dials-per-second 10 | --agents=5: must be at least --dials-per-second",
                "engine --speed 1 | Unknown options: '--speed', '1'",
                "pacing --agents 0 | --agents=0: must be from 1 to 2000",
                "pacing --hours 9 | --hours=9: must be from 0.02 to 8",
                "pacing --days 0 | --days=0: must be from 1 to 366",
                "pacing --window soon | --window=soon: must be a duration from 1m to 366d, for example 24h or 30d",
                "pacing --scenario nothing | --scenario=nothing: there is no such file; must be a file or one of constant,",
                "pacing --scenario pom.xml | pom.xml:1: must be a mapping of keys to values",
                "pacing --pacer guessing | 'guessing' is none: must be one of predictive, progressive, ratio, lines-per-idle,",
                "pacing --pacer ratio --set max-lines=3 | --set: of ratio, say with --lines-per-agent what it is configured with now",
                "pacing --pacer issabel --set max-lines=3 | --set: changes the dialer's own modes, and issabel is none",
                "pacing --lines-per-agent 11 | --lines-per-agent=11: must be from 1 to 10",
                "pacing --from-records no.csv | no.csv: no such file",
                "pacing --set max-abandonment=2 | --set max-abandonment=2: must be a percentage from 0% to 100%",
                "pacing --set mode=ratio --set min-ring=20s | holds in predictive mode only, and the mode is ratio",
                "rules --forks 21 | --forks=21: must be from 0 to 20",
                "rules --seconds 0 | --seconds=0: must be from 0.01 to 600",
                "storage --kills 0 | --kills=0: must be from 1 to 100000",
                "storage --threads 5 --leads 4 | --leads=4: must be from 5 to 1000000",
                "storage --durability disk | expected one of [PROCESS, POWER]",
                "storage --dir src | --dir=src: must be a new folder, or an empty one",
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
    void shouldSayWhatAChangeWouldDoToRecordedDays() throws IOException {
        StringBuilder calls = new StringBuilder(String.join(",", CallExport.COLUMNS) + "\n");
        Instant begin = Instant.parse("2026-11-20T14:00:00Z");
        for (int i = 0; i < 1_200; i++) {
            Instant dialled = begin.plusSeconds(6L * i);
            boolean answered = i % 4 == 0;
            Instant ended = dialled.plusSeconds(answered ? 12 + 60 + i % 100 : 26);
            calls.append(i)
                    .append(",spring,,+1305*****23,mobile,1,")
                    .append(dialled + "," + dialled + "," + dialled.plusSeconds(1) + ",")
                    .append(answered ? dialled.plusSeconds(12) + "," + dialled.plusSeconds(12) : ",")
                    .append("," + ended + "," + (answered ? "CONNECTED,agent" + i / 4 % 8 + ",0,12" : "NO_ANSWER,,,")
                            + "\n");
        }
        Path file = Files.writeString(folder.resolve("calls.csv"), calls);
        int code = run(
                "pacing",
                "--from-records",
                file.toString(),
                "--set",
                "mode=progressive",
                "--seeds",
                "1",
                "--out",
                folder.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("fitted: 1,200 calls of 1 day from 14:00 UTC, 2 hours, 8 agents, 1 segment")
                .contains("what if mode=progressive: records, 8 agents:");
        JsonNode rows = new ObjectMapper()
                .readTree(folder.resolve("summary.json").toFile())
                .path("rows");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).path("scenario").asText()).isEqualTo("records");
        assertThat(rows.get(0).path("pacer").asText()).isEqualTo("predictive");
        assertThat(rows.get(1).path("pacer").asText()).isEqualTo("predictive mode=progressive");
        assertThat(rows.get(1).path("abandonedPercent").asDouble(-1)).isZero();
        assertThat(rows.get(1).path("utilisationPercent").asDouble())
                .isLessThan(rows.get(0).path("utilisationPercent").asDouble() - 10);
        assertThat(rows.get(1).path("dialsPerAnswer").asDouble()).isBetween(3.5, 4.5);
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

    @Test
    void shouldFindAllThatWasCommittedWhenAWritingProcessIsKilled() throws IOException {
        int code = run(
                "storage",
                "--kills",
                "3",
                "--cost",
                "0",
                "--during-recovery",
                "--start-limit",
                "120",
                "--dir",
                folder.resolve("disk").toString(),
                "--out",
                folder.resolve("report").toString());

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).contains("storage: seed ", "kill 3", "lost 0, torn 0", "during recovery");
        assertThat(code).isZero();
        JsonNode summary = new ObjectMapper()
                .readTree(folder.resolve("report/summary.json").toFile());
        assertThat(summary.path("rows")).hasSize(3);
        assertThat(summary.path("figures").path("kills").path("value").asInt()).isEqualTo(3);
        assertThat(summary.path("figures").path("recoveryKills").path("value").asInt())
                .isBetween(3, 9);
        assertThat(folder.resolve("disk")).isEmptyDirectory();
    }

    private int run(String... arguments) {
        CommandLine command = Bench.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
