package org.paceline.sip.media;

import io.netty.buffer.ByteBuf;
import org.paceline.sip.audio.G711;
import org.paceline.sip.audio.WavAudio;

/**
 * A sound on its way to a peer, a frame of 20 ms at a time, followed by a little silence so that the hang-up does not
 * cut its last words out of the peer's jitter buffer.
 *
 * <p>Thread: media loop.
 */
final class Playback {

    static final int TAIL_FRAMES = 5;

    private final WavAudio audio;
    private final Runnable done;
    private int position;

    Playback(WavAudio audio, Runnable done) {
        this.audio = audio;
        this.done = done;
    }

    boolean atStart() {
        return position == 0;
    }

    boolean ended() {
        return position >= audio.length() + TAIL_FRAMES * G711.FRAME_SAMPLES;
    }

    /** Appends the next frame in the law. */
    void frame(G711 law, ByteBuf packet) {
        for (int i = 0; i < G711.FRAME_SAMPLES; i++) {
            packet.writeByte(law.encode(audio.sample(position + i)));
        }
        position += G711.FRAME_SAMPLES;
    }

    Runnable done() {
        return done;
    }
}
