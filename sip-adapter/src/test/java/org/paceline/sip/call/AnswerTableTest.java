package org.paceline.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.Outcome;
import org.paceline.sip.dialog.AnswerSigns;

class AnswerTableTest {
    private static final AnswerSigns BY_ANALYTICS = new AnswerSigns(0, true);

    @ParameterizedTest
    @CsvSource({
        "486, BUSY, CALLEE",
        "600, BUSY, CALLEE",
        "404, INVALID_NUMBER, CALLEE",
        "410, INVALID_NUMBER, CALLEE",
        "484, INVALID_NUMBER, CALLEE",
        "485, INVALID_NUMBER, CALLEE",
        "604, INVALID_NUMBER, CALLEE",
        "480, NO_ANSWER, CALLEE",
        "603, REJECTED, CALLEE",
        "607, UNWANTED, CALLEE",
        "608, TRUNK_FAILED, TRUNK",
        "300, TRUNK_FAILED, TRUNK",
        "302, TRUNK_FAILED, TRUNK",
        "305, TRUNK_FAILED, TRUNK",
        "401, TRUNK_FAILED, TRUNK",
        "402, TRUNK_FAILED, TRUNK",
        "403, TRUNK_FAILED, TRUNK",
        "407, TRUNK_FAILED, TRUNK",
        "433, TRUNK_FAILED, TRUNK",
        "438, TRUNK_FAILED, TRUNK",
        "482, TRUNK_FAILED, TRUNK",
        "400, TRUNK_FAILED, US",
        "415, TRUNK_FAILED, US",
        "420, TRUNK_FAILED, US",
        "421, TRUNK_FAILED, US",
        "422, TRUNK_FAILED, US",
        "488, TRUNK_FAILED, US",
        "606, TRUNK_FAILED, US",
        "499, TRUNK_FAILED, US",
        "501, TRUNK_FAILED, US",
        "500, CONGESTION, TRUNK",
        "502, CONGESTION, TRUNK",
        "503, CONGESTION, TRUNK",
        "504, CONGESTION, TRUNK",
        "580, CONGESTION, TRUNK",
        "699, BUSY, CALLEE"
    })
    void shouldTellOutcomeAndFaultOfAStatusAlone(int status, Outcome outcome, Fault fault) {
        AnswerTable.Row row = AnswerTable.of(status, 0, false, AnswerSigns.NONE);
        assertThat(row.outcome()).isEqualTo(outcome);
        assertThat(row.fault()).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({
        // A number that is not there, behind whatever a gateway made of it.
        "503, 1, INVALID_NUMBER, CALLEE",
        "500, 1, INVALID_NUMBER, CALLEE",
        "480, 1, INVALID_NUMBER, CALLEE",
        "403, 1, INVALID_NUMBER, CALLEE",
        "503, 22, INVALID_NUMBER, CALLEE",
        "503, 28, INVALID_NUMBER, CALLEE",
        // Cause 3 speaks of the network that has no route, though 404 stands before it.
        "404, 3, TRUNK_FAILED, TRUNK",
        "503, 2, TRUNK_FAILED, TRUNK",
        "503, 17, BUSY, CALLEE",
        "500, 19, NO_ANSWER, CALLEE",
        "503, 20, NO_ANSWER, CALLEE",
        "502, 27, NO_ANSWER, CALLEE",
        "603, 21, REJECTED, CALLEE",
        "480, 21, REJECTED, CALLEE",
        "403, 21, TRUNK_FAILED, TRUNK",
        "503, 21, TRUNK_FAILED, TRUNK",
        "403, 55, TRUNK_FAILED, TRUNK",
        "503, 24, REJECTED, CALLEE",
        "503, 34, CONGESTION, TRUNK",
        "486, 34, CONGESTION, TRUNK",
        "480, 41, CONGESTION, TRUNK",
        "404, 42, CONGESTION, TRUNK",
        "480, 38, TRUNK_FAILED, TRUNK",
        "503, 44, CONGESTION, TRUNK",
        "503, 47, CONGESTION, TRUNK",
        "603, 50, TRUNK_FAILED, TRUNK",
        "403, 57, TRUNK_FAILED, TRUNK",
        "503, 58, CONGESTION, TRUNK",
        "504, 102, TRUNK_FAILED, TRUNK",
        // Causes that say nothing leave it to the status.
        "480, 16, NO_ANSWER, CALLEE",
        "480, 31, NO_ANSWER, CALLEE",
        "503, 31, CONGESTION, TRUNK",
        "500, 127, CONGESTION, TRUNK",
        "404, 127, INVALID_NUMBER, CALLEE",
        "486, 126, BUSY, CALLEE"
    })
    void shouldTakeTheCauseBeforeTheStatus(int status, int q850, Outcome outcome, Fault fault) {
        AnswerTable.Row row = AnswerTable.of(status, q850, false, AnswerSigns.NONE);
        assertThat(row.outcome()).isEqualTo(outcome);
        assertThat(row.fault()).isEqualTo(fault);
    }

    @Test
    void shouldBlameTheTrunkForGivingUpBeforeAnyPhoneRang() {
        assertThat(AnswerTable.of(408, 0, false, AnswerSigns.NONE).fault()).isEqualTo(Fault.TRUNK);
        assertThat(AnswerTable.of(487, 0, false, AnswerSigns.NONE).fault()).isEqualTo(Fault.TRUNK);
        assertThat(AnswerTable.of(408, 0, true, AnswerSigns.NONE).outcome()).isEqualTo(Outcome.NO_ANSWER);
        assertThat(AnswerTable.of(408, 102, true, AnswerSigns.NONE).outcome()).isEqualTo(Outcome.NO_ANSWER);
        assertThat(AnswerTable.of(487, 0, true, AnswerSigns.NONE).outcome()).isEqualTo(Outcome.NO_ANSWER);
    }

    @Test
    void shouldBlameTheTrunkWhenAnalyticsBlockTheCallerId() {
        AnswerTable.Row row = AnswerTable.of(603, 0, false, BY_ANALYTICS);
        assertThat(row.outcome()).isEqualTo(Outcome.TRUNK_FAILED);
        assertThat(row.fault()).isEqualTo(Fault.TRUNK);
    }

    @Test
    void shouldBlameUsWhenAWarningSpeaksOfOurSession() {
        assertThat(AnswerTable.of(480, 0, false, new AnswerSigns(305, false)).fault())
                .isEqualTo(Fault.US);
        assertThat(AnswerTable.of(480, 0, false, new AnswerSigns(399, false)).fault())
                .isEqualTo(Fault.CALLEE);
        assertThat(AnswerTable.of(480, 0, false, new AnswerSigns(370, false)).outcome())
                .isEqualTo(Outcome.CONGESTION);
    }

    @Test
    void shouldHaveAnAnswerToEveryStatusAndCause() {
        assertThat(IntStream.rangeClosed(300, 699).boxed())
                .allSatisfy(status -> assertThat(IntStream.rangeClosed(0, 127).boxed())
                        .allSatisfy(q850 -> assertThat(AnswerTable.of(status, q850, false, AnswerSigns.NONE))
                                .isNotNull()));
    }

    /** The called party's word alone may end a lead; every other outcome has a delay in the retry plan's defaults. */
    @Test
    void shouldNeverEndALeadByTheTrunksWord() {
        assertThat(AnswerTable.ROWS)
                .filteredOn(row -> row.fault() != Fault.CALLEE)
                .extracting(AnswerTable.Row::outcome)
                .containsOnly(Outcome.TRUNK_FAILED, Outcome.CONGESTION);
    }

    @Test
    void shouldStandInTheDocsAsItIs() throws IOException {
        String page = Files.readString(Path.of("..").resolve("docs/sip-answers.md"));
        assertThat(page).contains(table());
    }

    private static String table() {
        StringBuilder table = new StringBuilder(8_000)
                .append("| status | Q.850 cause | beside | outcome | whose doing | meaning | source |\n")
                .append("|---|---|---|---|---|---|---|\n");
        for (AnswerTable.Row row : AnswerTable.ROWS) {
            String beside = row.warnings().text().isEmpty()
                    ? row.when().text()
                    : "Warning " + row.warnings().text();
            table.append("| ")
                    .append(any(row.statuses()))
                    .append(" | ")
                    .append(any(row.causes()))
                    .append(" | ")
                    .append(beside)
                    .append(" | `")
                    .append(row.outcome())
                    .append("` | `")
                    .append(row.fault())
                    .append("` | ")
                    .append(row.meaning())
                    .append(" | ")
                    .append(row.source())
                    .append(" |\n");
        }
        return table.toString();
    }

    private static String any(Numbers numbers) {
        return numbers.text().isEmpty() ? "any" : numbers.text();
    }
}
