package org.paceline.sip.dialog;

/**
 * One dialog of a call, from the first response of its branch to its end: where its requests go, the other side's
 * requests in it, and its session timer. A forked call has one for each branch until one of them answers (RFC 3261 §12.1).
 *
 * <p>Thread: within the call's {@link Mailbox}.
 */
final class CallDialog {

    private final Dialog dialog;
    private final PeerRequests requests;
    private final SessionTimer timer;
    private long reliable = -1;

    CallDialog(Dialog dialog, PeerRequests requests, SessionTimer timer) {
        this.dialog = dialog;
        this.requests = requests;
        this.timer = timer;
    }

    Dialog dialog() {
        return dialog;
    }

    PeerRequests requests() {
        return requests;
    }

    SessionTimer timer() {
        return timer;
    }

    /**
     * Takes the RSeq of a reliable response, where it is the next one: the first may be any, each later one is higher
     * by one. Others are repetitions, or came before those that they follow and will be repeated (RFC 3262 §4).
     */
    boolean isNextReliable(long sequence) {
        boolean next = reliable < 0 || sequence == reliable + 1;
        if (next) {
            reliable = sequence;
        }
        return next;
    }
}
