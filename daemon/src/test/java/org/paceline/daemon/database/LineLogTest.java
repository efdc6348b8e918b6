package org.paceline.daemon.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineLogTest {
    private static final int MOST = 4_096;

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("db.attempts");
    }

    private LineLog open() throws IOException {
        return new LineLog("attempt log", file(), MOST, Durability.PROCESS);
    }

    private static List<Object> line(int number) {
        return List.of(number, "n" + number, 4_930_901_820L + number);
    }

    private void write(int... numbers) throws IOException {
        try (LineLog log = open()) {
            for (int number : numbers) {
                log.append(List.of(line(number)));
            }
        }
    }

    private List<Integer> read() throws IOException {
        try (LineLog log = open()) {
            return log.read(3, part -> Integer.valueOf(part[0]));
        }
    }

    private void append(String text) throws IOException {
        Files.writeString(file(), text, StandardOpenOption.APPEND);
    }

    private String problem() {
        try {
            read();
        } catch (IOException e) {
            assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("read without a problem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3\tn3\t49309", "3\tn3\t4930901823\t.", "\0\0\0\0\0\0", "3\tn3\0\0\0\0"})
    void shouldPassOverWhatAKillOrLossOfPowerCutOffAndWriteBehindIt(String torn) throws Exception {
        write(1, 2);
        append(torn);
        assertThat(read()).containsExactly(1, 2);
        write(4);
        assertThat(read()).containsExactly(1, 2, 4);
        append(torn);
        write(5);
        assertThat(read()).containsExactly(1, 2, 4, 5);
    }

    @Test
    void shouldReadLinesOfTheFirstReleaseWithoutChecksum() throws Exception {
        Files.writeString(file(), "1\tn1\t4930901821\t.\n");
        write(2);
        assertThat(read()).containsExactly(1, 2);
    }

    @Test
    void shouldReadAnEmptyFile() throws Exception {
        Files.createFile(file());
        assertThat(read()).isEmpty();
    }

    @Test
    void shouldSayWhichLineIsDamagedWhateverByteItIs() throws Exception {
        write(1, 2, 3);
        byte[] whole = Files.readAllBytes(file());
        int second = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
        int third = new String(whole, StandardCharsets.UTF_8).indexOf('\n', second) + 1;
        for (int at = second; at < third - 1; at++) {
            for (int bad : new int[] {0xff, 0x00, '9', '\t'}) {
                byte[] damaged = whole.clone();
                damaged[at] = (byte) bad;
                if (damaged[at] != whole[at]) {
                    Files.write(file(), damaged);
                    assertThat(problem())
                            .startsWith("attempt log " + file() + " line 2 (byte " + second + ") is damaged: ")
                            .contains("move the file away");
                }
            }
        }
    }

    @Test
    void shouldSayWhatStandsInItsPlace() throws Exception {
        Files.createDirectory(file());
        assertThat(problem()).startsWith("attempt log " + file() + " is a folder: ");
        Files.delete(file());
        Files.write(file(), new byte[3 * MOST]);
        assertThat(problem()).startsWith("attempt log " + file() + " has 12288 bytes, ours at most 4096: ");
        Files.writeString(file(), "Dear diary,\nit rained.\n");
        assertThat(problem())
                .startsWith("attempt log " + file() + " line 1 (byte 0) is damaged: it has 0 values, not 3");
        Files.delete(file());
        Files.createDirectory(directory.resolve("db.attempts.1"));
        assertThat(problem()).startsWith("attempt log " + file() + ".1 is a folder: ");
    }

    @Test
    void shouldNotWaitForAFifoInItsPlace() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file().toString()).start().waitFor())
                .isZero();
        assertThat(problem()).startsWith("attempt log " + file() + " is no regular file: ");
    }

    @Test
    void shouldWriteOnInTheFormerAndTheCurrentFile() throws Exception {
        try (LineLog log = open()) {
            for (int i = 0; i < 500; i++) {
                log.append(List.of(line(i)));
            }
        }
        assertThat(Files.size(file())).isLessThanOrEqualTo(MOST);
        assertThat(read()).hasSizeGreaterThan(100).isSorted().endsWith(499);
    }

    @Test
    void shouldSayThatTheFolderIsNotThere() {
        assertThatThrownBy(() -> new LineLog("attempt log", directory.resolve("no/log"), MOST, Durability.PROCESS))
                .hasMessage("attempt log " + directory.resolve("no/log")
                        + " cannot be written: there is no such file or folder");
    }
}
