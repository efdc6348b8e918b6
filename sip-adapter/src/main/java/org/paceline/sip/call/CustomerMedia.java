package org.paceline.sip.call;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.id.CallId;
import org.paceline.rules.RecordingDirective;
import org.paceline.sip.media.GreetingListener;
import org.paceline.sip.media.MediaPlane;
import org.paceline.sip.media.MediaSession;
import org.paceline.sip.media.RecordingStart;
import org.paceline.sip.sdp.RemoteAudio;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The customer's audio: the media session, with the recording, the notice before it, and the announcement that the
 * call's order names.
 *
 * <p>Thread: within the call's mailbox.
 */
final class CustomerMedia {

    private static final Logger LOG = LoggerFactory.getLogger(CustomerMedia.class);

    private final CallId id;
    private final DialOrder order;
    private final MediaSession session;
    private InetAddress signaller;
    private final RecordingStart recording;
    private boolean joined;

    private CustomerMedia(
            CallId id, DialOrder order, MediaSession session, InetAddress signaller, RecordingStart recording) {
        this.id = id;
        this.order = order;
        this.session = session;
        this.signaller = signaller;
        this.recording = recording;
    }

    /**
     * Opens a session.
     *
     * @param signaller the host that the INVITE goes to, where media may come from as well
     * @param lost runs on the media loop when a customer who did not hold the call sent no RTP for the time-out
     * @throws IOException as for {@link MediaPlane#open}
     */
    static CustomerMedia open(CallId id, DialOrder order, MediaPlane plane, InetAddress signaller, Runnable lost)
            throws IOException {
        MediaSession session = plane.open("call-" + id, lost);
        return new CustomerMedia(id, order, session, signaller, plane.recordingOf(id, order.campaign()));
    }

    /** Returns the local address, for the SDP. */
    InetSocketAddress local() {
        return session.local();
    }

    /** Takes the host that the INVITE goes to from now on. */
    void signalledBy(InetAddress host) {
        signaller = host;
    }

    /** Takes the customer's session description. */
    void described(RemoteAudio audio) {
        session.remote(audio, signaller);
    }

    void awaitGreeting(GreetingListener listener) {
        session.awaitGreeting(listener);
    }

    /**
     * Joins the customer with an agent's phone, and begins the recording where every call is recorded.
     *
     * @param done takes, on the media loop, the monotonic time from which both hear each other
     */
    void join(MediaSession phone, LongConsumer done) {
        joined = true;
        boolean always = order.recording() == RecordingDirective.ALWAYS;
        Announcement notice = order.recordingNotice();
        session.join(phone, always && notice == null ? recording : null, () -> {
            long joinedNanos = System.nanoTime();
            if (always && notice != null) {
                recordAfter(notice);
            }
            done.accept(joinedNanos);
        });
    }

    void unjoin() {
        if (joined) {
            session.unjoin();
        }
        joined = false;
    }

    /** Plays a short tone over the audio that the agent hears. */
    void warnAgent() {
        if (joined) {
            session.warnAgent();
        }
    }

    /** Records the talk from now on, after the notice where there is one. */
    void record() {
        Announcement notice = order.recordingNotice();
        if (joined && notice == null) {
            session.record(recording);
        } else if (joined && notice != null) {
            recordAfter(notice);
        }
    }

    /** @param done runs when the announcement has been played, or cannot be */
    void announce(Announcement announcement, Runnable done) {
        try {
            session.play(Path.of(announcement.file()), done);
        } catch (InvalidPathException e) {
            LOG.error(
                    "call={} announcement={} reason=\"cannot be played: {}\"", id, announcement.file(), e.getMessage());
            done.run();
        }
    }

    void close() {
        unjoin();
        session.close();
    }

    private void recordAfter(Announcement notice) {
        try {
            session.recordAfter(Path.of(notice.file()), recording);
        } catch (InvalidPathException e) {
            LOG.error("call={} recording-notice={} reason=\"cannot be played: {}\"", id, notice.file(), e.getMessage());
        }
    }
}
