package org.paceline.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.config.read.ConfigFiles;
import picocli.CommandLine;

class TrunksFormatCommandTest {
    @TempDir
    private Path folder;

    private record Result(int code, String out, String err) {}

    @BeforeEach
    void write() {
        ConfigFiles files = new ConfigFiles(folder);
        files.node("""
                node: {name: n1, zone: UTC}
                sip: {host: 127.0.0.1, caller-id-host: own.example}
                trunks:
                  - {name: main, host: main.example, channels: 30}
                  - name: backup
                    host: backup.example
                    channels: 30
                    caller-ids: ["+13055550100..+13055550199"]
                    number-format: {callee: national, caller: e164-bare, country: US, user-phone: true}
                    identity: {from: acct, host: sip.backup.example, display-name: Acme, privacy: id, diversion: "+13055550199"}
                """);
        files.campaign("autumn", ConfigFiles.CAMPAIGN.replace("[main]", "[main, backup]"));
    }

    private Result format(String... arguments) {
        List<String> all = new ArrayList<>(List.of("trunks", "format", "--config", folder + "/paceline.yaml"));
        all.addAll(List.of(arguments));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Paceline.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int code = line.execute(all.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    @Test
    void shouldShowWhatEachTrunkIsSent() {
        Result result = format("+1 305 555 0123");

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("""
                trunk main, caller ID +13055550100
                  Request-URI           sip:+13055550123@main.example
                  To                    <sip:+13055550123@main.example>
                  From                  <sip:+13055550100@own.example>
                  P-Asserted-Identity   <sip:+13055550100@own.example>

                trunk backup, caller ID +13055550100
                  Request-URI           sip:3055550123@backup.example;user=phone
                  To                    <sip:3055550123@backup.example;user=phone>
                  From                  "Anonymous" <sip:acct@sip.backup.example>
                  P-Asserted-Identity   "Acme" <sip:13055550100@sip.backup.example;user=phone>
                  Privacy               id
                  Diversion             <sip:13055550199@sip.backup.example;user=phone>;reason=unconditional;counter=1

                """);
    }

    @Test
    void shouldShowOneTrunkWithACallerIdThatItDoesNotAccept() {
        assertThat(format("--trunk", "backup", "--caller-id", "+442079460018", "3055550123", "--region", "US")
                        .out())
                .startsWith(
                        "trunk backup, caller ID +442079460018 (which the trunk does not accept: see its caller-ids)")
                .contains("<sip:442079460018@sip.backup.example;user=phone>")
                .doesNotContain("trunk main");
    }

    @Test
    void shouldRefuseWhatIsNoNumberOfThePlan() {
        assertThat(format("112")).satisfies(result -> {
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err())
                    .startsWith("paceline trunks format: NUMBER: has no country code")
                    .hasLineCount(1);
        });
        assertThat(format("112", "--region", "DE").err()).startsWith("paceline trunks format: NUMBER: ");
    }

    @Test
    void shouldNameTheTrunksThatThereAre() {
        assertThat(format("--trunk", "spare", "+13055550123").err())
                .startsWith("paceline trunks format: --trunk: no trunk 'spare'; there are main, backup");
    }

    @Test
    void shouldAskForACallerIdWhereNoCampaignUsesTheTrunk() {
        new ConfigFiles(folder).campaign("autumn", ConfigFiles.CAMPAIGN);

        assertThat(format("--trunk", "backup", "+13055550123").err())
                .startsWith("paceline trunks format: no campaign uses trunk 'backup'; say --caller-id");
    }
}
