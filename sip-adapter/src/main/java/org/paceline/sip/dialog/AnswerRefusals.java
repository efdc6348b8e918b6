package org.paceline.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.sip.SipException;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.SipEndpoint;
import org.paceline.sip.stack.TransactionOwner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses answers that are no longer wanted: to calls that we gave up, and of other branches of forked calls. Each is
 * acknowledged every time it comes, and hung up (RFC 3261 §13.2.2.4). Calls that are over are remembered by Call-ID and
 * From-tag for {@value #REMEMBER_MILLIS} ms, longer than a 2xx is repeated (64·T1).
 *
 * <p>Thread: any.
 */
final class AnswerRefusals {

    static final long REMEMBER_MILLIS = 40_000;
    private static final long SWEEP_MILLIS = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(AnswerRefusals.class);

    private final ConcurrentHashMap<String, GivenUp> givenUp = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<GivenUp> byAge = new ConcurrentLinkedQueue<>();
    private final SipEndpoint endpoint;
    private final SipMessages messages;

    AnswerRefusals(SipEndpoint endpoint, SipMessages messages) {
        this.endpoint = endpoint;
        this.messages = messages;
    }

    void start() {
        endpoint.after(SWEEP_MILLIS, this::sweep);
    }

    /**
     * Remembers a call, so that late answers to it are recognised.
     *
     * @param usedSequence the highest sequence number of our requests in its early dialogs, or 0
     */
    void expect(String callId, String fromTag, CallTarget target, long usedSequence) {
        String key = key(callId, fromTag);
        GivenUp call = new GivenUp(key, target, System.nanoTime() + REMEMBER_MILLIS * 1_000_000L);
        GivenUp known = givenUp.putIfAbsent(key, call);
        if (known == null) {
            byAge.add(call);
        }
        (known == null ? call : known).usedSequence.accumulateAndGet(usedSequence, Math::max);
    }

    /** Whether a call of ours with that tag has ended a short while ago. */
    boolean remembers(String callId, String localTag) {
        return givenUp.containsKey(key(callId, localTag));
    }

    /** @return whether the answer was to a call that we gave up, and was refused */
    boolean refuseIfExpected(SIPResponse answer) {
        GivenUp call = find(answer);
        if (call == null) {
            return false;
        }
        refuse(answer, call);
        return true;
    }

    /** Refuses an answer to a call, whether the call was given up or not. */
    void refuse(SIPResponse answer, CallTarget target, long usedSequence) {
        expect(answer.getCallId().getCallId(), String.valueOf(answer.getFromTag()), target, usedSequence);
        refuseIfExpected(answer);
    }

    private @Nullable GivenUp find(SIPResponse answer) {
        return givenUp.get(key(answer.getCallId().getCallId(), String.valueOf(answer.getFromTag())));
    }

    private void refuse(SIPResponse answer, GivenUp call) {
        Dialog dialog = new Dialog(messages, answer, call.hop, call.isFixed);
        dialog.continueAfter(call.usedSequence.get());
        SIPRequest ack = dialog.ack(answer.getCSeq().getSeqNumber());
        endpoint.acknowledge(ack, dialog.hop());
        if (!call.hungUpTags.add(dialog.remoteTag())) {
            return;
        }
        try {
            endpoint.send(dialog.request(Request.BYE), dialog.hop(), Nobody.INSTANCE);
        } catch (SipException e) {
            LOG.warn("an unwanted answer could not be hung up: {}", e.getMessage());
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        GivenUp oldest = byAge.peek();
        while (oldest != null && oldest.forgetNanos - now <= 0) {
            byAge.poll();
            givenUp.remove(oldest.key, oldest);
            oldest = byAge.peek();
        }
        endpoint.after(SWEEP_MILLIS, this::sweep);
    }

    private static String key(String callId, String fromTag) {
        return callId + ' ' + fromTag;
    }

    private static final class GivenUp {
        private final String key;
        private final Hop hop;
        private final boolean isFixed;
        private final long forgetNanos;
        private final AtomicLong usedSequence = new AtomicLong();
        private final Set<String> hungUpTags = ConcurrentHashMap.newKeySet(1);

        GivenUp(String key, CallTarget target, long forgetNanos) {
            this.key = key;
            this.hop = target.hop();
            this.isFixed = target.route().isFixed();
            this.forgetNanos = forgetNanos;
        }
    }

    /** Nobody is told of the answer to such a BYE; its transaction repeats the BYE as needed. */
    private enum Nobody implements TransactionOwner {
        INSTANCE;

        @Override
        public void response(SIPResponse response) {}

        @Override
        public void timedOut(String method) {}
    }
}
