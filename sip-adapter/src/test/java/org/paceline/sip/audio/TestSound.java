package org.paceline.sip.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Writes WAV files for tests, with the JDK's writer. */
public final class TestSound {

    private TestSound() {}

    /** 8 kHz mono PCM16, all samples alike. */
    public static Path level(Path file, int level, int samples) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(samples * 2).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putShort((short) level);
        }
        return write(file, new AudioFormat(8000, 16, 1, true, false), bytes.array());
    }

    public static Path write(Path file, AudioFormat format, byte[] bytes) throws IOException {
        long frames = bytes.length / format.getFrameSize();
        try (var in = new AudioInputStream(new ByteArrayInputStream(bytes), format, frames)) {
            AudioSystem.write(in, AudioFileFormat.Type.WAVE, file.toFile());
        }
        return file;
    }
}
