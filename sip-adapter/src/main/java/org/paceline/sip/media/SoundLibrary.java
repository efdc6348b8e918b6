package org.paceline.sip.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.ConcurrentHashMap;
import org.paceline.sip.audio.WavAudio;

/**
 * Keeps announcements decoded, and reads one again when its file has changed.
 *
 * <p>Thread: any but the media loop; reads files.
 */
final class SoundLibrary {

    /**
     * How many sounds are kept, more than a configuration has; above that all are read anew, which bounds the memory.
     */
    private static final int LIMIT = 64;

    private final ConcurrentHashMap<Path, Sound> sounds = new ConcurrentHashMap<>();

    WavAudio load(Path file) throws IOException {
        FileTime modified = Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
        Sound known = sounds.get(file);
        if (known != null && known.modified.equals(modified)) {
            return known.audio;
        }
        WavAudio audio = WavAudio.read(file);
        if (sounds.size() >= LIMIT) {
            sounds.clear();
        }
        sounds.put(file, new Sound(modified, audio));
        return audio;
    }

    private record Sound(FileTime modified, WavAudio audio) {}
}
