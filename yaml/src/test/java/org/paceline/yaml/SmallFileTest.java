package org.paceline.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SmallFileTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadAFileOfTheLargestSize() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "12345");

        assertThat(SmallFile.read(file, 5)).asString().isEqualTo("12345");
        assertThatIOException()
                .isThrownBy(() -> SmallFile.read(file, 4))
                .withMessage("has 5 bytes: must have at most 4");
    }

    @Test
    void shouldFollowALinkToAFile() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.writeString(folder.resolve("a"), "x"));

        assertThat(SmallFile.read(link)).asString().isEqualTo("x");
    }

    @Test
    void shouldNotWaitForAFifoNorReadADevice() throws Exception {
        Path fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        for (Path file : new Path[] {fifo, Path.of("/dev/zero")}) {
            assertThatIOException()
                    .isThrownBy(() -> SmallFile.read(file, 9))
                    .withMessage("is no regular file (a FIFO, socket or device): must be a file of at most 9 bytes");
        }
        assertThatIOException()
                .isThrownBy(() -> SmallFile.read(folder, 9))
                .withMessage("is a folder: must be a file of at most 9 bytes");
    }

    @Test
    void shouldTellAFileThatIsNotThereApart() {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> SmallFile.read(folder.resolve("none")));
    }
}
