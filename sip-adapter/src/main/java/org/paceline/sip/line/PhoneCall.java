package org.paceline.sip.line;

import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.CallCause;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.dialog.CallFailure;
import org.paceline.sip.dialog.CallListener;
import org.paceline.sip.dialog.CallTarget;
import org.paceline.sip.dialog.CallerIdentity;
import org.paceline.sip.dialog.EndedBy;
import org.paceline.sip.dialog.Mailbox;
import org.paceline.sip.dialog.OutboundCall;
import org.paceline.sip.dialog.SipExtensions;
import org.paceline.sip.dialog.SipMessages;
import org.paceline.sip.media.MediaSession;
import org.paceline.sip.registrar.Binding;
import org.paceline.sip.sdp.RemoteAudio;
import org.paceline.sip.stack.CallSubject;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.NameResolver;
import org.paceline.sip.stack.SipEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of an agent's phone, from its address to its end, with its media. A phone with several addresses is called at one
 * after the other, until one answers.
 *
 * <p>Thread: any; the state and the listener are only used within the {@link Mailbox}.
 */
public final class PhoneCall implements CallListener {

    private static final Logger LOG = LoggerFactory.getLogger(PhoneCall.class);

    /** How long an address may be silent, and how long a phone may ring, while there is another one. */
    private static final long SILENT_MILLIS = 4_000;

    private static final long RING_MILLIS = 15_000;

    private enum State {
        NEW,
        RESOLVING,
        CALLING,
        UP,
        OVER
    }

    private final PhoneTarget target;
    private final AgentPhones phones;
    private final PhoneListener listener;
    private final Mailbox mailbox;

    private State state = State.NEW;
    private int tried;
    private boolean cancelled;
    private boolean dismissed;
    private volatile boolean onHold;
    private @Nullable OutboundCall call;
    private volatile @Nullable MediaSession session;
    private @Nullable PhoneWatch watch;
    private @Nullable String lostReason;
    private @Nullable InetAddress signaller;

    /** Makes a call, which is placed by {@link #start}. */
    public PhoneCall(PhoneTarget target, AgentPhones phones, PhoneListener listener, Mailbox mailbox) {
        this.target = target;
        this.phones = phones;
        this.listener = listener;
        this.mailbox = mailbox;
    }

    public void start() {
        mailbox.run(() -> {
            if (state == State.NEW) {
                resolve();
            }
        });
    }

    private void resolve() {
        state = State.RESOLVING;
        NameResolver.resolve(
                way().host(), found -> mailbox.run(() -> invite(found.isEmpty() ? null : found.getFirst())));
    }

    private PhoneWay way() {
        return target.ways().get(tried);
    }

    /** Ends the call in whatever state it is; the listener is told. */
    public void cancel() {
        mailbox.run(this::stop);
    }

    /** Ends the call in whatever state it is; the listener is told nothing more. */
    public void dismiss() {
        mailbox.run(() -> {
            dismissed = true;
            stop();
        });
    }

    /** Returns the registration of the phone that is called, or was called last; null for one at a fixed address. */
    @Nullable
    Binding binding() {
        return way().binding();
    }

    /** Returns the call's media from its answer to its end, else null. */
    public @Nullable MediaSession media() {
        return session;
    }

    /** Whether a customer can be joined now. A phone that holds the call hears nobody; then the listener is told. */
    public boolean takesCustomer() {
        if (onHold) {
            mailbox.run(() -> {
                if (state == State.UP && onHold) {
                    listener.held();
                }
            });
        }
        return !onHold;
    }

    /**
     * Runs the task once the phone has shown that it is there, from now on: by a packet, mostly within 20 ms, or by an
     * answer to OPTIONS. Where the phone shows nothing, the listener is told that it is lost, and the task is
     * forgotten.
     */
    public void confirm(Runnable task) {
        mailbox.run(() -> {
            if (state == State.UP && watch != null) {
                watch.confirm(task);
            } else if (state == State.UP) {
                task.run();
            }
        });
    }

    private void stop() {
        cancelled = true;
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
            notReached("host " + way().host() + " does not resolve");
            return;
        }
        MediaSession opened;
        try {
            opened = phones.media().open("agent-" + target.agent(), () -> {});
        } catch (IOException e) {
            over("no RTP port: " + e.getMessage());
            return;
        }
        state = State.CALLING;
        session = opened;
        signaller = found;
        SipEndpoint endpoint = phones.calls().endpoint();
        CallTarget peer = new CallTarget(
                CallSubject.phone(target.agent(), target.customer()),
                way().uri(),
                CallerIdentity.of(SipMessages.uri("paceline", endpoint.host(), endpoint.port())),
                target.forCustomer(),
                new Hop(way().link(phones.terms()), new InetSocketAddress(found, way().port())),
                SipExtensions.USUAL,
                Authenticator.NONE,
                way().route());
        OutboundCall next = phones.calls().create(peer, opened.local(), this, mailbox);
        call = next;
        next.start();
        if (tried + 1 < target.ways().size()) {
            endpoint.after(SILENT_MILLIS, next::giveUpIfSilent);
            endpoint.after(RING_MILLIS, next::cancel);
        }
    }

    @Override
    public void ringing(boolean alerting) {}

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
        if (phones.timeoutMillis() > 0) {
            watch = new PhoneWatch(phones, current, answered, mailbox, this::lost);
        }
        listener.up();
    }

    private void lost(String reason) {
        LOG.warn("agent={} phone=lost reason=\"{}\"", target.agent(), reason);
        lostReason = reason;
    }

    @Override
    public void mediaChanged(RemoteAudio audio) {
        MediaSession current = session;
        if (current != null) {
            current.remote(audio, signaller);
        }
        boolean resumes = onHold && audio.receives();
        onHold = !audio.receives();
        if (resumes) {
            listener.resumed();
        }
    }

    @Override
    public void failed(CallFailure failure) {
        notReached(
                failure.kind() == CallFailure.Kind.REFUSED
                        ? failure.detail() + " ("
                                + SIPResponse.getReasonPhrase(failure.cause().sipStatus())
                                        .toLowerCase(Locale.ROOT) + ")"
                        : failure.detail());
    }

    /** Goes on to the phone's next address, if there is one. */
    private void notReached(String reason) {
        if (cancelled || tried + 1 >= target.ways().size()) {
            over(reason);
            return;
        }
        LOG.info("agent={} event=next-phone reason=\"{}\"", target.agent(), reason);
        closeMedia();
        call = null;
        tried++;
        resolve();
    }

    @Override
    public void ended(EndedBy by, CallCause cause) {
        over(by == EndedBy.PEER ? "the phone hung up" : "signalling failed");
    }

    private void over(String reason) {
        boolean wasUp = state == State.UP;
        state = State.OVER;
        call = null;
        if (watch != null) {
            watch.stop();
            watch = null;
        }
        closeMedia();
        if (dismissed) {
            return;
        }
        if (lostReason != null) {
            listener.lost(lostReason);
        } else if (wasUp) {
            listener.ended(reason);
        } else {
            listener.failed(reason);
        }
    }

    private void closeMedia() {
        MediaSession opened = session;
        session = null;
        if (opened != null) {
            opened.close();
        }
    }
}
