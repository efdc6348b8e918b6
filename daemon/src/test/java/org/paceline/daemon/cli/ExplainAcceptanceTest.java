package org.paceline.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import picocli.CommandLine;

/** The cases that {@code scripts/explain-tour} shows, one a line in {@code explain-tour.csv}. */
class ExplainAcceptanceTest {

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(files = "../scripts/explain-tour.csv", numLinesToSkip = 1, nullValues = "-")
    void shouldJudge(
            String what, String policy, String number, String at, String verdict, String rule, String next, int zones)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of("rules", "explain", "--json"));
        arguments.addAll(List.of("--policy", policy, "--number", number, "--at", at));
        arguments.addAll(List.of("--consent", "2025-01-01T00:00:00Z"));
        CommandLine line = Paceline.commandLine();
        StringWriter out = new StringWriter();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        int code = line.execute(arguments.toArray(String[]::new));

        JsonNode answer = new ObjectMapper().readTree(out.toString());
        assertThat(answer.get("verdict").asText()).as(what).isEqualTo(verdict);
        assertThat(code).isEqualTo(verdict.equals("permitted") ? 0 : 3);
        assertThat(answer.get("ruleId").isNull() ? null : answer.get("ruleId").asText())
                .isEqualTo(rule);
        assertThat(answer.get("nextPermittedAt").asText()).isEqualTo(next);
        assertThat(answer.get("zones")).hasSize(zones);
        assertThat(out.toString()).doesNotContain(number.substring(number.length() - 7));
    }
}
