package org.paceline.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PacelineTest {
    @TempDir
    private Path folder;

    private record Result(int code, String out, String err) {}

    private static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Paceline.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int code = line.execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }

    private static Result explain(String at, String... more) {
        List<String> arguments = new java.util.ArrayList<>(
                List.of("rules", "explain", "--policy", "us-federal", "--number", "+13055550123", "--at", at));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void shouldTellHowFarAnImportCameWhenItsDatabaseWentAway() {
        ImportTerminal terminal = new ImportTerminal(new PrintWriter(new StringWriter()));
        terminal.at(4_000, 80_000, 200_000);
        SQLException broken = new SQLException("not ours", new IOException("Connection is broken\nand more"));
        assertThat(terminal.cutOff("paceline leads import", broken))
                .hasMessage(
                        "paceline leads import: stopped after 4000 rows, which are imported, as the database failed:"
                                + " Connection is broken; run the same command again for the rest, nothing is added twice");
    }

    @Test
    void shouldRefuseBeforeTheWindowAndSayUntilWhen() throws Exception {
        Result result = explain("2026-11-21T12:59:00Z", "--json");
        JsonNode answer = new ObjectMapper().readTree(result.out());
        assertThat(result.code()).isEqualTo(3);
        assertThat(answer.get("verdict").asText()).isEqualTo("refused");
        assertThat(answer.get("ruleId").asText()).isEqualTo("window.workday");
        assertThat(answer.get("retryAt").asText()).isEqualTo("2026-11-21T13:00:00Z");
        assertThat(answer.get("citation").asText()).contains("16 CFR 310.4(c)");
        assertThat(answer.get("zones").get(0).asText()).isEqualTo("America/New_York");
        assertThat(answer.get("rules")).isNotEmpty();
        assertThat(result.out()).doesNotContain("5550123");
    }

    @Test
    void shouldPermitAMinuteLater() throws Exception {
        Result result = explain("2026-11-21T13:00:00Z", "--json");
        assertThat(result.code()).isZero();
        assertThat(new ObjectMapper().readTree(result.out()).get("verdict").asText())
                .isEqualTo("permitted");
    }

    @Test
    void shouldTakeOffsetsOfTime() {
        assertThat(explain("2026-11-21T08:00:00-05:00").code()).isZero();
        assertThat(explain("2026-11-21T07:59:00-05:00").out())
                .startsWith("REFUSED  +1305*****23  2026-11-21T12:59:00Z")
                .contains("window.workday", "only 08:00-21:00");
    }

    @Test
    void shouldCountTheHistory() throws Exception {
        Path history = Files.writeString(folder.resolve("history.csv"), """
                number,at
                +13055550123,2026-11-21T14:00:00Z
                +13055550123,2026-11-21T15:00:00Z
                +13055550123,2026-11-21T16:00:00Z
                """);
        Result result = run(
                "rules",
                "explain",
                "--policy",
                "us-federal,us-fl",
                "--number",
                "+13055550123",
                "--at",
                "2026-11-21T17:00:00Z",
                "--history",
                history.toString(),
                "--json");
        assertThat(result.code()).as(result.err()).isEqualTo(3);
        assertThat(new ObjectMapper().readTree(result.out()).get("ruleId").asText())
                .isEqualTo("cap.number-day");
    }

    @Test
    void shouldSayWhereTheHistoryIsWrong() throws Exception {
        Path history = Files.writeString(folder.resolve("history.csv"), "at\nyesterday\n");
        Result result = explain("2026-11-21T17:00:00Z", "--history", history.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo(history + ":2: at: must be " + Times.EXPECTED + "; is 'yesterday'" + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    --policy us-fedral --number +13055550123 | paceline rules explain: --policy: no policy 'us-fedral'; did you mean 'us-federal'?; see 'paceline rules explain --help'
                    --policy us-federal --number 12          | paceline rules explain: --number: has no country code; write +… or set a default region: 1*; see 'paceline rules explain --help'
                    --policy us-federal --number +13055550123 --at noon | paceline rules explain: --at: must be a time with its zone in the years 1970 to 9999, for example 2026-11-21T13:00:00Z or 2026-11-21T08:00:00-05:00; is 'noon'; see 'paceline rules explain --help'
                    --policy us-federal --number +13055550123 --at +999999999-01-01T00:00:00Z | paceline rules explain: --at: must be a time with its zone in the years 1970 to 9999, for example 2026-11-21T13:00:00Z or 2026-11-21T08:00:00-05:00; is '+999999999-01-01T00:00:00Z'; see 'paceline rules explain --help'
                    --number +13055550123                    | paceline rules explain: needs one of --policy and --campaign; see 'paceline rules explain --help'
                    --policy fr --campaign x --number +13055550123 | paceline rules explain: needs one of --policy and --campaign; see 'paceline rules explain --help'
                    """)
    void shouldTellWrongUseInOneLine(String arguments, String error) {
        Result result = run(("rules explain " + arguments).split(" "));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err().lines()).hasSize(1).first().asString().startsWith(error.substring(0, 60));
    }

    @Test
    void shouldKnowWhatBecameOfEarlierAttempts() throws Exception {
        Path history = Files.writeString(folder.resolve("history.csv"), """
                at,kind
                2026-11-20T15:00:00Z,conversation
                """);
        String[] arguments = {
            "rules",
            "explain",
            "--policy",
            "us-reg-f",
            "--number",
            "+13055550123",
            "--at",
            "2026-11-24T17:00:00Z",
            "--history",
            history.toString(),
            "--json"
        };
        JsonNode answer = new ObjectMapper().readTree(run(arguments).out());
        assertThat(answer.get("ruleId").asText()).isEqualTo("gap.conversation");
        assertThat(answer.get("retryAt").asText()).isEqualTo("2026-11-27T15:00:00Z");
        Files.writeString(history, "at,kind\n2026-11-20T15:00:00Z,talked\n");
        assertThat(run(arguments).err())
                .isEqualTo(history + ":2: kind: must be one of attempt, conversation, abandoned, refused; is 'talked'"
                        + System.lineSeparator());
    }

    @Test
    void shouldJudgeByTheFactsThatAreGiven() {
        String french = "rules explain --policy fr --number +33142345678 --at 2026-11-24T14:00:00+01:00";
        assertThat(run(french.split(" ")).out()).contains("rule         consent");
        assertThat(run((french + " --consent 2026-11-01T00:00:00Z").split(" ")).code())
                .isZero();
        String chinese = "rules explain --policy cn-telesales --number +8613800138000 --at 2026-11-24T10:00:00+08:00";
        assertThat(run(chinese.split(" ")).code()).isZero();
        assertThat(run((chinese + " --unnamed").split(" ")).out()).contains("rule         list.screened");
        assertThat(run((chinese + " --agent-attempts 200").split(" ")).out()).contains("rule         cap.agent-day");
        assertThat(run((chinese + " --no-recorder").split(" ")).out()).contains("rule         record.required");
        assertThat(run("rules explain --policy us-fl,us-federal --number +12125550123".split(" "))
                        .out())
                .contains("not bound by us-fl");
    }

    @Test
    void shouldListEveryPolicyInATable() throws Exception {
        Result table = run("rules", "list");
        assertThat(table.code()).isZero();
        assertThat(table.out().lines()).allMatch(line -> line.length() <= 120);
        assertThat(table.out()).contains("us-federal", "mon-sun 08:00-21:00", "3 in 24h", "72h after an abandoned");
        assertThat(table.out().lines())
                .containsSubsequence(
                        "policy         hours                             attempts               abandoned                      other",
                        "",
                        "au             mon-fri 09:00-20:00, sat",
                        "                 09:00-17:00, sun closed",
                        "               not on holidays (calendar au)",
                        "",
                        "us-reg-f       mon-sun 08:00-21:00               7 in 7d",
                        "                                                 7d after a conversation",
                        "");
        JsonNode json =
                new ObjectMapper().readTree(run("rules", "list", "--json").out());
        assertThat(json).hasSize(15).allSatisfy(policy -> {
            assertThat(policy.get("figures")).isNotEmpty();
            assertThat(policy.get("figures"))
                    .allSatisfy(figure ->
                            assertThat(figure.get("citation").asText()).isNotBlank());
        });
    }

    @Test
    void shouldTellOfAPolicyInDetailAndOfOwnOnes() throws Exception {
        Files.writeString(folder.resolve("fr.yaml"), """
                id: fr
                extends: fr
                citation: house rule
                checked: 2026-11-24
                caps: {rolling: [2 in 30d]}
                """);
        String out = run("rules", "list", "--policy", "fr", "--policies", folder.toString())
                .out();
        assertThat(out)
                .contains("2 in 30d", "house rule", "60d after a refusal", "art. D223-9")
                .doesNotContain("4 in 30d  ");
        assertThat(run("rules", "list", "--policy", "ff").err()).contains("no policy 'ff'");
    }

    @Test
    void shouldTellOfUnknownCommandsAndOptions() {
        assertThat(run("rnu").code()).isEqualTo(2);
        assertThat(run("rnu").err().lines()).hasSize(1);
        assertThat(run("check", "--cofnig", "x").err()).startsWith("paceline check: Unknown option");
        assertThat(run().err()).startsWith("paceline: needs a command");
        assertThat(run("leads").code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "run --help",
                "demo --help",
                "check --help",
                "leads --help",
                "leads import --help",
                "dnc import --help",
                "calls export --help",
                "rules --help",
                "rules explain --help",
                "rules list --help"
            })
    void shouldHelpWithEveryCommand(String arguments) {
        Result result = run(arguments.split(" "));
        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("Usage: paceline");
    }

    @Test
    void shouldTellWholeSentencesOfEachCommand() {
        assertThat(run("--help").out())
                .containsPattern("demo +Shows the dialer at work in two minutes, on loopback\\.\n");
    }

    @Test
    void shouldSayItsVersion() {
        assertThat(run("--version").out())
                .startsWith("paceline ")
                .doesNotContain("${")
                .doesNotContain("unknown");
    }

    @Test
    void shouldPrintTheSchemaOfAKindOfFile() {
        assertThat(run("check", "--schema").out()).contains("A node of Paceline");
        assertThat(run("check", "--schema", "campaign").out()).contains("A campaign of Paceline");
        Result wrong = run("check", "--schema", "campaigns");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err())
                .startsWith("paceline check: Invalid value for option '--schema': must be one of paceline, campaign,"
                        + " policy; is 'campaigns'");
    }

    @Test
    void shouldCheckTheReferenceConfiguration() {
        Result result = run("check", "--config", "src/dist/conf/paceline.yaml");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("token: \"********\"", "# 1 campaign, all right")
                .doesNotContain("change-me");
    }

    @Test
    void shouldRefuseFewerRtpPortsThanCallsAndAgentsNeed() throws Exception {
        Files.createDirectories(folder.resolve("campaigns"));
        String text = """
                node: {name: n1, zone: UTC}
                sip: {host: 127.0.0.1}
                trunks: [{name: main, host: 127.0.0.1, channels: 12, reserved-channels: 2}]
                agents: [{name: alice, address: "sip:alice@127.0.0.1:5080", token: alice-token-0123456789}]
                media:
                  first-port: 36000
                  last-port: 36019
                """;
        Path file = Files.writeString(folder.resolve("paceline.yaml"), text);
        Result result = run("check", "--config", file.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo(file
                        + ":7: media.last-port: 10 RTP ports (the even ones from 36000 to 36019) are too few for 10"
                        + " channels and 1 agents: must be at least 36020" + System.lineSeparator());

        Files.writeString(file, text.replace("36019", "36020"));
        assertThat(run("check", "--config", file.toString()).code()).isZero();
    }

    @Test
    void shouldTellAConfigurationsMistakesOneALine() throws Exception {
        Path file = Files.writeString(folder.resolve("paceline.yaml"), "node: {name: a}\nzzz: 1\n");
        Result result = run("check", "--config", file.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err().lines())
                .contains(
                        file
                                + ":1: node.zone: is missing: must be a time zone of the tz database, for example Europe/Berlin")
                .allMatch(line -> line.startsWith(file.toString()));
        assertThat(run("run", "--config", "no-such.yaml").err())
                .isEqualTo("no-such.yaml: no such file" + System.lineSeparator());
    }
}
