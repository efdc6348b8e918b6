package org.paceline.bench.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToldLogTest {
    @TempDir
    private Path folder;

    @Test
    void shouldTellTheMostAttemptsOfEachLead() throws IOException {
        Path file = folder.resolve("told");
        try (ToldLog told = ToldLog.append(file)) {
            told.committed(new int[] {0, 2}, new int[] {4, 9});
            told.committed(new int[] {2}, new int[] {8});
        }

        assertThat(ToldLog.read(file, 3)).containsExactly(4, 0, 9);
    }

    @Test
    void shouldLeaveALineOutThatAKillCut() throws IOException {
        Path file = folder.resolve("told");
        try (ToldLog told = ToldLog.append(file)) {
            told.committed(new int[] {1}, new int[] {4});
        }
        Files.writeString(file, "1 5", StandardOpenOption.APPEND);

        assertThat(ToldLog.read(file, 2)).containsExactly(0, 4);
    }

    @Test
    void shouldHaveBeenToldNothingWithoutAFile() throws IOException {
        assertThat(ToldLog.read(folder.resolve("told"), 2)).containsExactly(0, 0);
    }
}
