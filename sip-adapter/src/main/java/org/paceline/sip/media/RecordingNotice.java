package org.paceline.sip.media;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.audio.WavAudio;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notice that a customer and an agent hear before their call is recorded; a join has at most one under way.
 *
 * <p>Thread: media loop.
 */
final class RecordingNotice {

    private static final Logger LOG = LoggerFactory.getLogger(RecordingNotice.class);

    private final SessionTasks tasks;
    private final SoundPlayer player;

    /** The join whose notice is being read or played, or null. */
    private @Nullable Relay underWay;

    /** @param player the customer's player */
    RecordingNotice(SessionTasks tasks, SoundPlayer player) {
        this.tasks = tasks;
        this.player = player;
    }

    /** Plays the notice to both, then records; where it cannot be played, nothing is recorded. */
    void play(Path notice, Relay joined, RecordingStart recording) {
        if (joined.isRecorded() || underWay == joined) {
            return;
        }
        underWay = joined;
        player.load(notice, audio -> begin(audio, joined, recording), reason -> {
            LOG.error("session={} recorded=no notice=unplayable reason=\"{}\"", tasks.session(), reason);
            tasks.onLoop(() -> over(joined));
        });
    }

    private void begin(WavAudio audio, Relay joined, RecordingStart recording) {
        if (joined.ended()) {
            over(joined);
            return;
        }
        joined.agent().player().start(audio, () -> {});
        player.start(audio, () -> {
            over(joined);
            joined.record(recording);
        });
    }

    private void over(Relay joined) {
        if (underWay == joined) {
            underWay = null;
        }
    }
}
