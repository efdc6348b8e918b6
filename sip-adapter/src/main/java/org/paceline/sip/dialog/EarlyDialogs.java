package org.paceline.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
import org.paceline.sip.sdp.SdpException;
import org.paceline.sip.stack.TransactionOwner;

/**
 * The dialogs of a call that is not answered yet, one for each branch that a forked call has: reliable provisional
 * responses, which are acknowledged by PRACK (RFC 3262), and the other side's requests (RFC 3311).
 *
 * <p>Our INVITE always has an offer, so a session in a reliable response is the answer to it; sessions that its branch
 * sends later, in the 2xx too, do not count any more (RFC 3261 §13.2.1), and none of them is an offer.
 *
 * <p>Thread: within the call's {@link Mailbox}.
 */
final class EarlyDialogs {
    /** How many branches of a forked call are followed; responses of others count as unreliable. */
    private static final int MOST = 16;

    private final CallParts parts;
    private final Consumer<String> silent;
    private final Consumer<String> broken;
    private final Map<String, CallDialog> byTag = new HashMap<>();

    /**
     * @param silent takes why the call is over once it was answered: our answer to a re-INVITE was not acknowledged, or
     * the session was not refreshed; runs within the mailbox
     * @param broken takes why the call cannot go on: a PRACK that was refused or not answered, or a session that we
     * cannot speak; runs within the mailbox
     */
    EarlyDialogs(CallParts parts, Consumer<String> silent, Consumer<String> broken) {
        this.parts = parts;
        this.silent = silent;
        this.broken = broken;
    }

    /**
     * Acknowledges a provisional response where it was sent reliably.
     *
     * @return whether it is news; not where it is a repetition, or came before those that it follows
     */
    boolean isNews(SIPResponse provisional) {
        long sequence = ExtensionHeaders.reliableSequence(provisional);
        String tag = Dialog.tagOf(provisional.getToTag());
        if (sequence < 0 || (byTag.size() >= MOST && !byTag.containsKey(tag))) {
            return true;
        }
        CallDialog early = byTag.computeIfAbsent(tag, _ -> begin(provisional));
        if (!early.isNextReliable(sequence)) {
            return false;
        }
        early.dialog().refreshTarget(provisional);
        acknowledge(early.dialog(), provisional);
        try {
            parts.offers().answeredReliably(provisional);
        } catch (SdpException e) {
            broken.accept("answer in " + provisional.getStatusCode() + ": " + e.getMessage());
        }
        return true;
    }

    /**
     * Handles a request of the other side within one of the dialogs.
     *
     * @return whether there is such a dialog, and requests of the kind are taken before the answer
     */
    boolean handle(SIPRequest request, ServerTransaction transaction) {
        CallDialog early = byTag.get(Dialog.tagOf(request.getFromTag()));
        // The called side must not send BYE before it has answered (RFC 3261 §15).
        if (early == null || Request.BYE.equals(request.getMethod())) {
            return false;
        }
        early.requests().handle(request, transaction);
        return true;
    }

    /** Returns the dialog that a 2xx answers in: an early one, which is confirmed by it, or a new one. */
    CallDialog confirmed(SIPResponse answer) {
        CallDialog answered = byTag.computeIfAbsent(Dialog.tagOf(answer.getToTag()), _ -> begin(answer));
        answered.dialog().confirmed(answer);
        answered.requests().callIsUp();
        answered.timer().answered(answer);
        return answered;
    }

    /** Returns the highest sequence number of our requests in any of the dialogs, the answered one too; 0 for none. */
    long highestSequence() {
        return byTag.values().stream()
                .mapToLong(early -> early.dialog().sequence())
                .max()
                .orElse(0);
    }

    private CallDialog begin(SIPResponse response) {
        Dialog dialog = new Dialog(
                parts.signalling().messages(),
                response,
                parts.target().hop(),
                parts.target().route().isFixed());
        SessionTimer timer = new SessionTimer(parts, dialog, silent);
        Runnable unacknowledged = () -> silent.accept("our answer was not acknowledged");
        return new CallDialog(dialog, new PeerRequests(parts, dialog, timer, unacknowledged), timer);
    }

    private void acknowledge(Dialog dialog, SIPResponse provisional) {
        Supplier<SIPRequest> pracks = () -> {
            SIPRequest prack = dialog.request(Request.PRACK);
            ExtensionHeaders.acknowledges(prack, provisional);
            return prack;
        };
        try {
            parts.send(pracks, dialog.hop(), new Prack());
        } catch (SipException e) {
            broken.accept("PRACK not sent: " + e.getMessage());
        }
    }

    private final class Prack implements TransactionOwner {

        @Override
        public void response(SIPResponse response) {
            int status = response.getStatusCode();
            if (status >= 300) {
                parts.mailbox().run(() -> broken.accept("PRACK: status " + status));
            }
        }

        @Override
        public void timedOut(String method) {
            parts.mailbox().run(() -> broken.accept("PRACK: no response"));
        }
    }
}
