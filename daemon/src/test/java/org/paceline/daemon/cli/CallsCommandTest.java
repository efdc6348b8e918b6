package org.paceline.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseSettings;
import picocli.CommandLine;

class CallsCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Zone Kiritimati (UTC+14): the 20th there begins on the 19th at 10:00 UTC. */
    @BeforeEach
    void makeNodeWithTwoCalls() throws Exception {
        Files.writeString(folder.resolve("paceline.yaml"), """
                node: {name: n1, zone: Pacific/Kiritimati}
                database: {file: data, user: sa}
                sip: {host: 127.0.0.1}
                trunks:
                  - {name: main, host: 127.0.0.1, channels: 30}
                """);
        Files.createDirectories(folder.resolve("campaigns"));
        try (Database database = Database.open(DatabaseSettings.embedded(folder.resolve("data")))) {
            database.jdbi().useHandle(handle -> {
                call(handle, 1, "2026-11-19T09:59:59Z");
                call(handle, 2, "2026-11-19T10:00:00Z");
            });
        }
    }

    private static void call(Handle handle, int id, String planned) {
        handle.execute(
                "INSERT INTO attempt (call_id, lead_id, campaign, e164, node, run, trunk, caller_id, planned_at)"
                        + " VALUES (?, 0, 'spring', 13055550123, 'n1', 1, 'main', 0, ?)",
                id,
                Instant.parse(planned).toEpochMilli());
    }

    @Test
    void shouldExportAndRefuseToReplaceUnlessTold() throws IOException {
        assertThat(export("calls.csv")).as(err.toString()).isZero();
        assertThat(out.toString()).isEqualTo("calls=2" + System.lineSeparator());
        assertThat(Files.readAllLines(folder.resolve("calls.csv")))
                .hasSize(3)
                .last()
                .asString()
                .startsWith("2,spring,,+1305*****23,fixed-line-or-mobile,");
        assertThat(folder.resolve("calls.csv.part")).doesNotExist();

        assertThat(export("calls.csv", "--from", "2026-11-20", "--numbers")).isEqualTo(2);
        assertThat(err.toString())
                .contains("calls.csv: is there already; name another file, or replace it with --force")
                .hasLineCount(1);
        assertThat(Files.readAllLines(folder.resolve("calls.csv"))).hasSize(3);

        assertThat(export("calls.csv", "--from", "2026-11-20", "--numbers", "--force"))
                .isZero();
        assertThat(Files.readString(folder.resolve("calls.csv")))
                .contains("+13055550123")
                .doesNotContain("\n1,");
    }

    @ParameterizedTest
    @CsvSource({
        "--from 2026-11-20, 1",
        "--to 2026-11-19, 1",
        "--to 2026-11-20, 2",
        "--from 2026-11-19T10:00:00Z, 1",
        "--to 9999-12-31, 2",
        "--to 9999-12-31T23:59:59Z, 2",
        "--from 1970-01-01, 2",
        "--to 2026-11-19T10:00:00Z, 1",
        "--campaign spring, 2"
    })
    void shouldTakeDaysInTheNodesZone(String options, int calls) {
        assertThat(export("calls.csv", options.split(" "))).as(err.toString()).isZero();
        assertThat(out.toString()).isEqualTo("calls=" + calls + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            calls.csv | --from tomorrow                   | 2 | --from: must be a date, for example 2026-11-21, or a time with its zone in the years 1970 to 9999, for example
            calls.csv | --to +999999999-12-31             | 2 | --to: must be a date, for example 2026-11-21, or a time with its zone in the years 1970 to 9999, for example
            calls.csv | --from 2026-11-20 --to 2026-11-19 | 2 | --from=2026-11-20: must be before --to=2026-11-19
            calls.csv | --campaign sprong                 | 2 | --campaign: no campaign 'sprong' is configured, and no call is of it
            campaigns | --numbers                         | 2 | campaigns: is a folder; name a file in it
            no/x.csv  | --numbers                         | 1 | no/x.csv cannot be written: there is no such file or folder
            """)
    void shouldTellMistakesInOneLine(String file, String options, int code, String message) {
        assertThat(export(file, options.split(" "))).isEqualTo(code);
        assertThat(err.toString()).contains(message).hasLineCount(1);
        assertThat(folder.resolve("calls.csv")).doesNotExist();
        assertThat(folder.resolve("calls.csv.part")).doesNotExist();
    }

    private int export(String file, String... options) {
        CommandLine line = Paceline.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String[] all = new String[options.length + 5];
        all[0] = "calls";
        all[1] = "export";
        all[2] = "--config";
        all[3] = folder.resolve("paceline.yaml").toString();
        System.arraycopy(options, 0, all, 4, options.length);
        all[all.length - 1] = folder.resolve(file).toString();
        return line.execute(all);
    }
}
