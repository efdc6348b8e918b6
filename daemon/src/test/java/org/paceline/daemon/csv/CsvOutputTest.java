package org.paceline.daemon.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvOutputTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=HYPERLINK(\"http://x.example\")",
                "+cmd|' /C calc'!A0",
                "-2+3+cmd|' /C calc'!A0",
                "@SUM(1+9)",
                "\t=1+1",
                "\r=1+1",
                "＝1+1",
                "|calc",
                "+1305555020A",
            })
    void shouldMakeTextOfWhatASpreadsheetWouldRun(String cell) {
        String written = CsvOutput.neutral(cell);
        assertThat(written).isEqualTo("'" + cell);
        assertThat(CsvOutput.original(written)).isEqualTo(cell);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+13055550201", "+1305*****01", "-5", "-2.5", "'quoted'", "'s-Hertogenbosch", "", "gold", "3%"})
    void shouldLeaveNumbersAndOtherTexts(String cell) {
        assertThat(CsvOutput.neutral(cell)).isEqualTo(cell);
        assertThat(CsvOutput.original(cell)).isEqualTo(cell);
    }

    @Test
    void shouldKeepRejectedRowsForTheirOwnerEvenWhereTheFileWasEverybodys() throws Exception {
        Path file = Files.writeString(folder.resolve("list.rejected.csv"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        try (RejectedRows rows = new RejectedRows(file)) {
            rows.add(7, "=1+2", "has letters");
        }
        assertThat(Files.readString(file)).isEqualTo("line,value,reason\n7,'=1+2,has letters\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
