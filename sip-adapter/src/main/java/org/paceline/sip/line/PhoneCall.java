package org.paceline.sip.line;

import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentId;
import org.paceline.dialer.call.CallCause;
import org.paceline.sip.dialog.CallFailure;
import org.paceline.sip.dialog.CallListener;
import org.paceline.sip.dialog.CallTarget;
import org.paceline.sip.dialog.EndedBy;
import org.paceline.sip.dialog.Mailbox;
import org.paceline.sip.dialog.OutboundCall;
import org.paceline.sip.dialog.SipMessages;
import org.paceline.sip.media.MediaSession;
import org.paceline.sip.sdp.RemoteAudio;
import org.paceline.sip.stack.NameResolver;
import org.paceline.sip.stack.SipEndpoint;

/**
 * One call of an agent's phone, from its address to its end, with its media.
 *
 * <p>Thread: any; the state is touched within the {@link Mailbox} only, and so is the listener.
 */
public final class PhoneCall implements CallListener {

    private enum State {
        NEW,
        RESOLVING,
        CALLING,
        UP,
        OVER
    }

    private final AgentId agent;
    private final PhoneUri at;
    private final boolean forCustomer;
    private final AgentPhones phones;
    private final PhoneListener listener;
    private final Mailbox mailbox;

    private State state = State.NEW;
    private boolean dismissed;
    private @Nullable OutboundCall call;
    private @Nullable MediaSession session;
    private @Nullable InetAddress peer;

    PhoneCall(
            AgentId agent,
            PhoneUri at,
            boolean forCustomer,
            AgentPhones phones,
            PhoneListener listener,
            Mailbox mailbox) {
        this.agent = agent;
        this.at = at;
        this.forCustomer = forCustomer;
        this.phones = phones;
        this.listener = listener;
        this.mailbox = mailbox;
    }

    public void start() {
        mailbox.run(() -> {
            if (state == State.NEW) {
                state = State.RESOLVING;
                NameResolver.resolve(at.host(), found -> mailbox.run(() -> invite(found)));
            }
        });
    }

    /** Ends it in whatever state it is; the listener hears of it. */
    public void cancel() {
        mailbox.run(this::stop);
    }

    /** Ends it in whatever state it is; the listener hears no more of it. */
    public void dismiss() {
        mailbox.run(() -> {
            dismissed = true;
            stop();
        });
    }

    private void stop() {
        OutboundCall current = call;
        switch (state) {
            case NEW, RESOLVING -> over("cancelled before it was placed");
            case CALLING -> {
                if (current != null) {
                    current.cancel();
                }
            }
            case UP -> {
                if (current != null) {
                    current.hangUp();
                }
            }
            case OVER -> {}
        }
    }

    private void invite(@Nullable InetAddress found) {
        if (state != State.RESOLVING) {
            return;
        }
        if (found == null) {
            over("host " + at.host() + " does not resolve");
            return;
        }
        MediaSession opened;
        try {
            opened = phones.media().open("agent-" + agent);
        } catch (IOException e) {
            over("no RTP port: " + e.getMessage());
            return;
        }
        state = State.CALLING;
        session = opened;
        phones.peers().add(found);
        peer = found;
        SipEndpoint endpoint = phones.calls().endpoint();
        CallTarget target = new CallTarget(
                "agent-" + agent,
                at.uri(),
                SipMessages.uri("paceline", endpoint.host(), endpoint.port()),
                false,
                forCustomer,
                new InetSocketAddress(found, at.port()));
        OutboundCall next = phones.calls().create(target, opened.local(), this, mailbox);
        call = next;
        next.start();
    }

    @Override
    public void ringing() {}

    @Override
    public void answered(RemoteAudio audio, long arrivedNanos) {
        MediaSession current = session;
        OutboundCall answered = call;
        if (state != State.CALLING || current == null || answered == null) {
            return;
        }
        state = State.UP;
        if (dismissed) {
            answered.hangUp();
            return;
        }
        mediaChanged(audio);
        listener.up(current);
    }

    @Override
    public void mediaChanged(RemoteAudio audio) {
        MediaSession current = session;
        if (current != null) {
            current.remote(audio, peer);
        }
    }

    @Override
    public void failed(CallFailure failure) {
        over(
                failure.kind() == CallFailure.Kind.REFUSED
                        ? failure.detail() + " ("
                                + SIPResponse.getReasonPhrase(failure.cause().sipStatus())
                                        .toLowerCase(Locale.ROOT) + ")"
                        : failure.detail());
    }

    @Override
    public void ended(EndedBy by, CallCause cause) {
        over(by == EndedBy.PEER ? "the phone hung up" : "signalling failed");
    }

    private void over(String reason) {
        boolean wasUp = state == State.UP;
        state = State.OVER;
        call = null;
        if (session != null) {
            session.close();
            session = null;
        }
        if (peer != null) {
            phones.peers().remove(peer);
            peer = null;
        }
        if (dismissed) {
            return;
        }
        if (wasUp) {
            listener.ended(reason);
        } else {
            listener.failed(reason);
        }
    }
}
