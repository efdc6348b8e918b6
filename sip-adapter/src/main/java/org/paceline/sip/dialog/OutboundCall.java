package org.paceline.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.net.InetSocketAddress;
import java.util.function.IntConsumer;
import javax.sip.ServerTransaction;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.sdp.LocalAudio;
import org.paceline.sip.stack.Unreachable;

/**
 * One call that we place. The owner's requests and the network's messages are brought into its {@link Mailbox}, where
 * {@link InviteSession} goes from state to state.
 *
 * <p>Thread: any.
 */
public final class OutboundCall {

    private final Mailbox mailbox;
    private final InviteSession session;

    OutboundCall(
            Signalling signalling, CallTarget target, InetSocketAddress rtp, CallListener listener, Mailbox mailbox) {
        this.mailbox = mailbox;
        FromNetwork network = new FromNetwork(
                signalling.endpoint().newCallId(), signalling.messages().token());
        LocalAudio local = new LocalAudio(rtp, signalling.messages().positiveNumber());
        OfferAnswer offers = new OfferAnswer(signalling.endpoint(), local, mailbox);
        session = new InviteSession(new CallParts(signalling, target, offers, listener, mailbox), network);
    }

    /** Sends the INVITE. */
    public void start() {
        mailbox.run(session::start);
    }

    /** Ends a call that is not up: by CANCEL, at once or as soon as a provisional response permits it. */
    public void cancel() {
        mailbox.run(session::cancel);
    }

    /**
     * Gives up a call to which no response has come: the listener is told at once that it failed, and nothing more. A
     * response that comes later is cancelled, or acknowledged and hung up. Does nothing on another call.
     */
    public void giveUpIfSilent() {
        mailbox.run(session::giveUpIfSilent);
    }

    /** Ends a call that is up: the listener is told at once, and the BYE follows. */
    public void hangUp() {
        mailbox.run(session::hangUp);
    }

    /**
     * Asks by OPTIONS whether the other side of a call that is up is there; does nothing on another call.
     *
     * @param outside whether to ask outside of the dialog, where a phone answers that has lost the call or does not
     * answer within the dialog
     * @param answered takes the status, within the mailbox; not called where no answer comes
     */
    public void ask(boolean outside, IntConsumer answered) {
        mailbox.run(() -> session.ask(outside, answered));
    }

    /** Takes the network's messages to this call. Thread: any. */
    private final class FromNetwork implements OwnCall {
        private final String callId;
        private final String localTag;

        FromNetwork(String callId, String localTag) {
            this.callId = callId;
            this.localTag = localTag;
        }

        @Override
        public String callId() {
            return callId;
        }

        @Override
        public String localTag() {
            return localTag;
        }

        @Override
        public boolean isWithin(SIPRequest request) {
            String remoteTag = session.remoteTag();
            return localTag.equals(request.getToTag())
                    && (remoteTag == null || remoteTag.equals(Dialog.tagOf(request.getFromTag())));
        }

        @Override
        public void response(SIPResponse response) {
            long arrivedNanos = System.nanoTime();
            mailbox.run(() -> session.response(response, arrivedNanos));
        }

        @Override
        public void timedOut(String method) {
            mailbox.run(() -> session.timedOut(method));
        }

        @Override
        public void unreachable(Unreachable why) {
            mailbox.run(() -> session.unreachable(why));
        }

        @Override
        public void request(SIPRequest request, @Nullable ServerTransaction transaction) {
            mailbox.run(() -> session.request(request, transaction));
        }
    }
}
