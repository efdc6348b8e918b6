package org.paceline.daemon.redo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDiskTest {
    @Test
    void shouldGoOnWritingWhenTheThreadIsInterrupted(@TempDir Path folder) throws IOException {
        FolderDisk disk = new FolderDisk(folder.resolve("new"));
        disk.make();
        try (Disk.Output out = disk.create("file.part")) {
            Thread.currentThread().interrupt();
            out.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            out.force();
            disk.rename("file.part", "file");
            assertThat(Thread.interrupted()).isTrue();
            out.truncate(2);
            out.write(ByteBuffer.wrap(new byte[] {4}));
        }
        assertThat(disk.read("file").readAllBytes()).containsExactly(1, 2, 4);
        assertThat(disk.names()).containsExactly("file");
    }
}
