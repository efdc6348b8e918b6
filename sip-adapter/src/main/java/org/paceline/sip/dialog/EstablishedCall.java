package org.paceline.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.TransactionOwner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call that was answered: the ACK of its answer, and the requests of either side within its dialog.
 *
 * <p>Thread: within the call's {@link Mailbox}, except {@link #remoteTag}.
 */
final class EstablishedCall {

    private static final Logger LOG = LoggerFactory.getLogger(EstablishedCall.class);

    private final CallParts parts;
    private final Dialog dialog;
    private final SIPRequest ack;
    private final PeerRequests requests;
    private final SessionTimer timer;

    /**
     * @param invite the INVITE that was answered
     * @param answered the dialog of the 2xx whose session is used
     */
    EstablishedCall(CallParts parts, SIPRequest invite, CallDialog answered) {
        this.parts = parts;
        dialog = answered.dialog();
        requests = answered.requests();
        timer = answered.timer();
        SIPRequest acknowledgement = dialog.ack(invite.getCSeq().getSeqNumber());
        Authenticator.copy(invite, acknowledgement);
        ack = acknowledgement;
    }

    /** The tag of the other side. Thread: any. */
    String remoteTag() {
        return dialog.remoteTag();
    }

    /** Returns where our requests go now. */
    Hop hop() {
        return dialog.hop();
    }

    /** Acknowledges the answer, and each of its repetitions. */
    void acknowledge() {
        parts.signalling().endpoint().acknowledge(ack, dialog.hop());
    }

    /** Handles a request of the other side other than BYE. */
    void handle(SIPRequest request, @Nullable ServerTransaction transaction) {
        requests.handle(request, transaction);
    }

    /**
     * Asks by OPTIONS, within the dialog or outside of it. The status, if an answer comes, is given within the mailbox.
     */
    void ask(boolean outside, IntConsumer answered) {
        CallTarget target = parts.target();
        Signalling signalling = parts.signalling();
        Supplier<SIPRequest> options = () -> outside
                ? signalling
                        .messages()
                        .options(
                                target.to(),
                                target.route(),
                                target.hop().transport(),
                                signalling.endpoint().newCallId(),
                                1)
                : dialog.request(Request.OPTIONS);
        Hop to = outside ? target.hop() : dialog.hop();
        try {
            parts.send(options, to, new Asked(answered));
        } catch (SipException e) {
            LOG.debug("call={} method=OPTIONS sent=no reason=\"{}\"", target.name(), e.getMessage());
        }
    }

    /** Acknowledges a repeated 2xx to a re-INVITE of ours. */
    void repeated(SIPResponse answer) {
        timer.repeated(answer);
    }

    /**
     * Hangs up.
     *
     * @param why what broke the call off (RFC 3326), or null where somebody hung up
     * @param owner is told what becomes of the BYE
     */
    void bye(@Nullable String why, TransactionOwner owner) throws SipException {
        parts.send(() -> bye(why), dialog.hop(), owner);
    }

    private SIPRequest bye(@Nullable String why) {
        SIPRequest bye = dialog.request(Request.BYE);
        if (why != null) {
            ExtensionHeaders.reason(bye, why);
        }
        return bye;
    }

    /** Stops repeating anything of ours, because the call is over or we hung up. */
    void stop() {
        requests.stop();
        timer.stop();
    }

    private final class Asked implements TransactionOwner {
        private final IntConsumer answered;

        Asked(IntConsumer answered) {
            this.answered = answered;
        }

        @Override
        public void response(SIPResponse response) {
            if (response.getStatusCode() >= 200) {
                parts.mailbox().run(() -> answered.accept(response.getStatusCode()));
            }
        }

        @Override
        public void timedOut(String method) {}
    }
}
