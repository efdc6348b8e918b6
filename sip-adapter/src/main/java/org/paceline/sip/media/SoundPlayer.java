package org.paceline.sip.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.audio.WavAudio;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sound that is played to one peer: read off the loop, one at a time, and its end told exactly once.
 *
 * <p>Thread: media loop.
 */
final class SoundPlayer {

    private static final Logger LOG = LoggerFactory.getLogger(SoundPlayer.class);

    private final SessionTasks tasks;
    private final SoundLibrary sounds;
    private final Executor reader;

    private @Nullable Playback playing;
    /** Counts the requests, so that a sound that was read too late is recognised. */
    private int requests;

    SoundPlayer(SessionTasks tasks, SoundLibrary sounds, Executor reader) {
        this.tasks = tasks;
        this.sounds = sounds;
        this.reader = reader;
    }

    /** Plays a file once it is read. The sound still being played goes on until then. */
    void play(Path wav, Runnable done) {
        int request = ++requests;
        load(
                wav,
                audio -> {
                    if (request == requests) {
                        start(audio, done);
                    } else {
                        tasks.callBack(done);
                    }
                },
                reason -> {
                    LOG.warn("session={} announcement=unplayable reason=\"{}\"", tasks.session(), reason);
                    tasks.onLoop(() -> tasks.callBack(done));
                });
    }

    /**
     * Reads a sound; then one of the two callbacks runs.
     *
     * @param loaded takes the sound, on the media loop
     * @param unplayable takes the reason, on the reading thread
     */
    void load(Path wav, Consumer<WavAudio> loaded, Consumer<String> unplayable) {
        reader.execute(() -> {
            try {
                WavAudio audio = sounds.load(wav);
                tasks.onLoop(() -> loaded.accept(audio));
            } catch (IOException | RuntimeException e) {
                unplayable.accept(String.valueOf(e.getMessage()));
            }
        });
    }

    /** Plays a sound from now on; a sound that was played or asked for before ends. */
    void start(WavAudio audio, Runnable done) {
        stop();
        playing = new Playback(audio, done);
    }

    /** Stops the sound; also takes back one that is still being read. */
    void stop() {
        requests++;
        Playback ended = playing;
        playing = null;
        if (ended != null) {
            tasks.callBack(ended.done());
        }
    }

    /** Returns the sound that is being played, or null. */
    @Nullable
    Playback playing() {
        return playing;
    }
}
