package org.paceline.bench.pacing.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.daemon.calls.CallExport;
import org.paceline.dialer.call.Outcome;

class CallExportFileTest {
    private static final String HEADER = String.join(",", CallExport.COLUMNS) + "\n";
    private static final String TALK = "7,spring,\"A, old\",+1305*****23,mobile,1,2026-11-21T13:00:00Z,"
            + "2026-11-21T13:00:00.100Z,2026-11-21T13:00:01Z,2026-11-21T13:00:11Z,2026-11-21T13:00:11.020Z,"
            + "2026-11-21T13:02:00Z,CONNECTED,ann,108.980,12.5\n";

    @TempDir
    private Path folder;

    @Test
    void shouldReadTalksAndLeaveOutWhatHasNotEndedOrWasNotDialled() throws Exception {
        Path file = write(HEADER + TALK
                + "8,spring,,+1305*****24,mobile,1,2026-11-21T13:00:00Z,,,,,2026-11-21T13:00:00Z,INTERRUPTED,,,\n"
                + "9,spring,,+1305*****25,mobile,1,2026-11-21T13:00:00Z,2026-11-21T13:00:00Z,,,,,,,,\n");

        assertThat(CallExportFile.read(file))
                .containsExactly(new PastCall(
                        "spring",
                        "A, old",
                        millis("2026-11-21T13:00:00.100Z"),
                        millis("2026-11-21T13:00:01Z"),
                        millis("2026-11-21T13:00:11Z"),
                        millis("2026-11-21T13:00:11.020Z"),
                        millis("2026-11-21T13:02:00Z"),
                        Outcome.CONNECTED,
                        "ann",
                        12.5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CONNECTED            | TALKED      | :3: outcome: must be one of CONNECTED, ABANDONED,
            2026-11-21T13:00:01Z | one o'clock | :3: ringing: must be an instant, for example 2026-11-21T13:00:00Z, or empty; is 'one o'clock'
            12.5                 | -1          | :3: wrapUpSeconds: must be seconds, for example 12.5, or empty; is '-1'
            ,12.5                | ''          | :3: has 15 values: must have 16
            2026-11-21T13:02:00Z | 2026-11-21T12:02:00Z | :3: ended: must not be before connected; is 2026-11-21T12:02:00Z, before 2026-11-21T13:00:11.020Z
            """)
    void shouldSayWhereARowIsWrong(String right, String wrong, String message) throws Exception {
        Path file = write(HEADER + TALK + TALK.replace(right, wrong));

        assertThatThrownBy(() -> CallExportFile.read(file)).hasMessageStartingWith(file + message);
    }

    @Test
    void shouldRefuseOtherFiles() throws Exception {
        assertMessage("", ": is empty: must be what 'paceline calls export' writes");
        assertMessage(
                "id,campaign\n",
                ":1: column 1 must be 'call'; is 'id'; the file must be what 'paceline calls export' writes");
        assertMessage(
                "call\n",
                ":1: column 2 must be 'campaign'; is missing; the file must be what"
                        + " 'paceline calls export' writes");
        assertMessage(
                HEADER.strip() + ",more\n",
                ":1: has 17 columns: must have 16, as 'paceline calls export' writes" + " them");
        Path none = folder.resolve("none.csv");
        assertThatThrownBy(() -> CallExportFile.read(none)).hasMessage(none + ": no such file");
        Path binary = Files.write(folder.resolve("calls.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> CallExportFile.read(binary)).hasMessage(binary + ": cannot be read: is not UTF-8");
    }

    private void assertMessage(String text, String message) throws IOException {
        Path file = write(text);
        assertThatThrownBy(() -> CallExportFile.read(file)).hasMessage(file + message);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("calls.csv"), text);
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
