package org.paceline.sip.line;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.netty.util.Timeout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentId;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.engine.Event;
import org.paceline.dialer.engine.Event.LineLost;
import org.paceline.dialer.engine.Event.LineOpened;
import org.paceline.sip.dialog.CallFailure;
import org.paceline.sip.dialog.CallListener;
import org.paceline.sip.dialog.CallTarget;
import org.paceline.sip.dialog.EndedBy;
import org.paceline.sip.dialog.Mailbox;
import org.paceline.sip.dialog.OutboundCall;
import org.paceline.sip.dialog.SipCalls;
import org.paceline.sip.dialog.SipMessages;
import org.paceline.sip.media.MediaPlane;
import org.paceline.sip.media.MediaSession;
import org.paceline.sip.sdp.RemoteAudio;
import org.paceline.sip.stack.NameResolver;
import org.paceline.sip.stack.PeerAddresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's standing line. It is called until it is up, and again when it drops, after 1, 2, 4 … 30 seconds, until it
 * is closed.
 *
 * <p>Thread: any; the state is touched within its {@link Mailbox} only.
 */
final class AgentLine implements CallListener {

    private static final Logger log = LoggerFactory.getLogger(AgentLine.class);
    private static final int SIP_PORT = 5060;
    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long LONGEST_RETRY_MILLIS = 30_000;
    /** How long the agent's phone may ring. */
    private static final long RING_MILLIS = 60_000;

    private enum State {
        CALLING,
        UP,
        /** Waits to be called again. */
        WAITING,
        CLOSED
    }

    private final AgentId agent;
    private final AgentAddress at;
    private final SipCalls calls;
    private final MediaPlane media;
    private final PeerAddresses peers;
    private final Consumer<Event> events;
    private final Mailbox mailbox = new Mailbox();

    private State state = State.WAITING;
    private boolean lossReported;
    private long retryMillis = FIRST_RETRY_MILLIS;
    private @Nullable OutboundCall call;
    private @Nullable MediaSession session;
    private volatile @Nullable MediaSession upSession;
    private @Nullable InetAddress peer;
    private @Nullable Timeout timer;

    AgentLine(
            AgentId agent,
            AgentAddress at,
            SipCalls calls,
            MediaPlane media,
            PeerAddresses peers,
            Consumer<Event> events) {
        this.agent = agent;
        this.at = at;
        this.calls = calls;
        this.media = media;
        this.peers = peers;
        this.events = events;
    }

    AgentAddress address() {
        return at;
    }

    /** The media of the line while it is up. */
    @Nullable
    MediaSession media() {
        return upSession;
    }

    void open() {
        mailbox.run(this::callPhone);
    }

    void close() {
        mailbox.run(() -> {
            State before = state;
            state = State.CLOSED;
            upSession = null;
            stopTimer();
            OutboundCall current = call;
            if (current != null && before == State.UP) {
                current.hangUp();
            } else if (current != null && before == State.CALLING) {
                current.cancel();
            } else {
                release();
            }
        });
    }

    private void callPhone() {
        if (state != State.WAITING) {
            return;
        }
        state = State.CALLING;
        SipUri uri;
        try {
            uri = parse(at.uri());
        } catch (ParseException e) {
            state = State.CLOSED;
            events.accept(new LineLost(
                    agent,
                    "address " + at.uri() + " is no SIP URI such as sip:alice@192.0.2.10:5060; not tried again"));
            return;
        }
        NameResolver.resolve(uri.getHost(), found -> mailbox.run(() -> invite(uri, found)));
    }

    private void invite(SipUri uri, @Nullable InetAddress found) {
        if (state != State.CALLING) {
            return;
        }
        if (found == null) {
            lost("host " + uri.getHost() + " does not resolve");
            return;
        }
        try {
            session = media.open("agent-" + agent);
        } catch (IOException e) {
            lost("no RTP port: " + e.getMessage());
            return;
        }
        peers.add(found);
        peer = found;
        InetSocketAddress hop = new InetSocketAddress(found, uri.getPort() > 0 ? uri.getPort() : SIP_PORT);
        SipUri ours = SipMessages.uri(
                "paceline", calls.endpoint().host(), calls.endpoint().port());
        CallTarget target = new CallTarget("agent-" + agent, uri, ours, false, hop);
        OutboundCall next = calls.create(target, session.local(), this, mailbox);
        call = next;
        timer = calls.endpoint().after(RING_MILLIS, next::cancel);
        next.start();
    }

    @Override
    public void ringing() {}

    @Override
    public void answered(RemoteAudio audio, long arrivedNanos) {
        stopTimer();
        MediaSession current = session;
        OutboundCall answered = call;
        if (current == null || answered == null) {
            return;
        }
        if (state == State.CLOSED) {
            answered.hangUp();
            return;
        }
        mediaChanged(audio);
        state = State.UP;
        upSession = current;
        retryMillis = FIRST_RETRY_MILLIS;
        lossReported = false;
        log.info("agent={} line=up", agent);
        events.accept(new LineOpened(agent));
    }

    @Override
    public void mediaChanged(RemoteAudio audio) {
        MediaSession current = session;
        if (current != null) {
            current.remote(audio.target(), audio.payloadType(), audio.telephoneEventPayloadType());
        }
    }

    @Override
    public void failed(CallFailure failure) {
        lost(failure.detail());
    }

    @Override
    public void ended(EndedBy by, CallCause cause) {
        lossReported = false;
        lost(by == EndedBy.PEER ? "the phone hung up" : "signalling failed");
    }

    private void lost(String reason) {
        upSession = null;
        stopTimer();
        release();
        if (state == State.CLOSED) {
            return;
        }
        state = State.WAITING;
        log.info("agent={} line=down retry_ms={} reason=\"{}\"", agent, retryMillis, reason);
        if (!lossReported) {
            lossReported = true;
            events.accept(new LineLost(agent, reason));
        }
        timer = calls.endpoint().after(retryMillis, this::open);
        retryMillis = Math.min(2 * retryMillis, LONGEST_RETRY_MILLIS);
    }

    private void release() {
        call = null;
        if (session != null) {
            session.close();
            session = null;
        }
        if (peer != null) {
            peers.remove(peer);
            peer = null;
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private static SipUri parse(String uri) throws ParseException {
        if (uri.regionMatches(true, 0, "sip:", 0, 4) && new StringMsgParser().parseUrl(uri) instanceof SipUri sip) {
            return sip;
        }
        throw new ParseException(uri, 0);
    }
}
