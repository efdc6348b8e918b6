package org.paceline.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a nightly job that looks at exit codes learns of an import. */
class ImportCommandsTest {
    @TempDir
    private Path folder;

    private record Result(int code, String out, String err) {}

    @BeforeEach
    void makeNode() throws IOException {
        Files.writeString(folder.resolve("paceline.yaml"), """
                node: {name: n1, zone: Europe/Berlin}
                database: {file: data, user: sa}
                sip: {host: 127.0.0.1}
                trunks:
                  - {name: main, host: 127.0.0.1, channels: 30}
                """);
        Path campaigns = Files.createDirectories(folder.resolve("campaigns"));
        Files.writeString(campaigns.resolve("spring.yaml"), """
                name: spring
                approval: {state: running, by: QA}
                trunks: [main]
                caller-id: "+493090180"
                caller-ids: ["+493090180"]
                policies: [de]
                """);
    }

    private Result run(List<String> command, String text, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("list.csv"), text);
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--config", folder.resolve("paceline.yaml").toString()));
        arguments.addAll(List.of(options));
        arguments.add(file.toString());
        return run(arguments.toArray(String[]::new));
    }

    private static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Paceline.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int code = line.execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }

    private Result doNotCall(String text, String... options) throws IOException {
        return run(List.of("dnc", "import"), text, options);
    }

    private Result leads(String text, String... options) throws IOException {
        return run(List.of("leads", "import", "--campaign", "spring"), text, options);
    }

    private String shown(String number) {
        return run("dnc", "show", "--config", folder.resolve("paceline.yaml").toString(), number)
                .out();
    }

    @Test
    void shouldFailWhenADoNotCallRowWasNotUnderstoodAndHoldItBackAllTheSame() throws IOException {
        Result result = doNotCall("phone,until\n+4930901820,soon\n+4930901821,31.12.2027\nabc,\n");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("rows=3 added=2 duplicates=0 known=0 rejected=1 doubtful=1 rejected-file=");
        assertThat(result.err())
                .contains("1 rows hold no number back, 1 hold back more than they say")
                .contains("list.rejected.csv; mend them, or say --lenient")
                .hasLineCount(1);
        assertThat(shown("+4930901820")).contains("until=never");
        assertThat(shown("+4930901821")).contains("until=2027-12-31T23:00:00Z");
        assertThat(doNotCall("phone,until\n+4930901820,soon\n", "--lenient").code())
                .isZero();
    }

    @Test
    void shouldFailWhenNotOneNumberCouldBeRead() throws IOException {
        String text = "phone\n3055550123\n3055550124\n";
        assertThat(doNotCall(text).err()).contains("not one of 2 rows could be used", "need --region");
        assertThat(doNotCall(text, "--lenient").code()).isEqualTo(1);
        assertThat(leads(text).code()).isEqualTo(1);
        assertThat(doNotCall(text, "--region", "US").code()).isZero();
        assertThat(doNotCall(text, "--region", "US").out()).contains("added=0 duplicates=0 known=2");
        assertThat(doNotCall(text, "--region", "US").code()).isZero();
    }

    @Test
    void shouldHoldBackWhatIsDialledFromARowThatIsWrittenAlike() throws IOException {
        String rows =
                "phone\n+4903012345678\n+8601065120000\n+430158850123\n+5215512345678\n+5491123456789\n+610412345678\n";
        assertThat(leads(rows).out()).contains("added=6");
        assertThat(doNotCall(rows).out()).contains("added=6");
        for (String dialled : List.of(
                "+493012345678", "+861065120000", "+43158850123", "+525512345678", "+5491123456789", "+61412345678")) {
            assertThat(shown(dialled)).as(dialled).contains("entries=1");
        }
        assertThat(shown("+49 (0)30 12345678")).contains("entries=1");
    }

    @Test
    void shouldGoOnBehindARowOfSixteenDigits() throws IOException {
        Result result = leads("phone\n+4930901820\n+4930901825223637\n+4930901821\n");
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("rows=3 added=2 duplicates=0 known=0 rejected=1");
        assertThat(doNotCall("phone\n+4930901820\n+4930901825223637\n+4930901821\n")
                        .out())
                .contains("added=2 duplicates=0 known=0 rejected=1");
        Result explained = run("rules", "explain", "--policy", "de", "--number", "+4930901825223637");
        assertThat(explained.code()).isEqualTo(2);
        assertThat(explained.err()).contains("at most 15 digits").doesNotContain("Exception");
    }

    @Test
    void shouldKeepAmericanLeadsAmericanWhenTheirRegionIsAState() throws IOException {
        Result result = leads(
                "name,phone,region\nA,302 555 0123,DE\nB,404 555 0123,GA\nC,303 555 0123,CO\nD,+13055550123,Florida\n",
                "--region",
                "US");
        assertThat(result.out()).contains("added=4");
    }

    @Test
    void shouldRejectALeadRowThatAStrayQuoteTookOthersIn() throws IOException {
        Result result = leads("phone,note\n+4930901820,\"once\n+4930901821,ok\n+4930901822,5'9\"\n+4930901823,ok\n");
        assertThat(result.out()).contains("rows=2 added=1 duplicates=0 known=0 rejected=1");
        assertThat(Files.readString(folder.resolve("list.rejected.csv"))).contains("2,", "takes in 2 more rows");
    }

    @Test
    void shouldTellAnImportedListByItsSourceAndSayHowItIsTakenOut() throws IOException {
        assertThat(doNotCall("phone\n+4930901820\n+4930901821\n", "--source", "registry")
                        .code())
                .isZero();

        Result told = source("registry");
        assertThat(told.out()).isEqualToNormalizingNewlines("""
                list campaign=all until=never numbers=2
                entries=0 removed=0 listed=2
                """);
        assertThat(told.code()).isZero();

        Result removed = source("registry", "--remove", "--reason", "a test");
        assertThat(removed.code()).isEqualTo(1);
        assertThat(removed.err()).contains("the imported lists stay").contains("--source registry --replace");
    }

    @Test
    void shouldFailForASourceThatEnteredNothing() {
        Result told = source("nobody");
        assertThat(told.code()).isEqualTo(1);
        assertThat(told.err()).contains("nothing was entered by 'nobody'");
    }

    private Result source(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "dnc", "source", "--config", folder.resolve("paceline.yaml").toString()));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }
}
