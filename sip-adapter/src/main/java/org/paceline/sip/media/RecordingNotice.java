package org.paceline.sip.media;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.audio.WavAudio;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notice that a customer and an agent hear before their call is recorded; a customer has at most one under way.
 *
 * <p>Thread: media loop.
 */
final class RecordingNotice {

    private static final Logger LOG = LoggerFactory.getLogger(RecordingNotice.class);

    private final SessionTasks tasks;
    private final SoundPlayer player;
    private final Supplier<@Nullable Relay> joined;

    /** Set from the request on, also while the two are parted: a notice that is being read prevents another one. */
    private boolean underWay;

    /**
     * @param player the customer's player
     * @param joined returns the relay that the customer is joined by now
     */
    RecordingNotice(SessionTasks tasks, SoundPlayer player, Supplier<@Nullable Relay> joined) {
        this.tasks = tasks;
        this.player = player;
        this.joined = joined;
    }

    /** Plays the notice to both, then records; where it cannot be played, nothing is recorded. */
    void play(Path notice, Relay to, RecordingStart recording) {
        if (to.isRecorded() || underWay) {
            return;
        }
        underWay = true;
        player.load(notice, audio -> begin(audio, to.agent(), recording), reason -> {
            LOG.error("session={} recorded=no notice=unplayable reason=\"{}\"", tasks.session(), reason);
            tasks.onLoop(() -> underWay = false);
        });
    }

    private void begin(WavAudio audio, RtpSender agent, RecordingStart recording) {
        underWay = false;
        if (joinedWith(agent) == null) {
            return;
        }
        agent.player().start(audio, () -> {});
        player.start(audio, () -> {
            underWay = false;
            Relay heard = joinedWith(agent);
            if (heard != null) {
                heard.record(recording);
            }
        });
        underWay = true;
    }

    private @Nullable Relay joinedWith(RtpSender agent) {
        Relay now = joined.get();
        return now != null && now.agent() == agent ? now : null;
    }
}
