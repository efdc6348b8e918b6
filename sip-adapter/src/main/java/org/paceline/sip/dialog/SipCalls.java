package org.paceline.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.stack.PeerAddresses;
import org.paceline.sip.stack.SipCounters;
import org.paceline.sip.stack.SipCounters.Counter;
import org.paceline.sip.stack.SipEndpoint;
import org.paceline.sip.stack.SipUser;
import org.paceline.sip.stack.TransactionOwner;

/**
 * All our calls by Call-ID, on one SIP endpoint. Requests of others find their call here; calls to us are not taken.
 *
 * <p>Thread: any.
 */
public final class SipCalls implements SipUser, AutoCloseable {

    private final ConcurrentHashMap<String, OutboundCall> byCallId = new ConcurrentHashMap<>();
    private final SipCounters counters;
    private final SipEndpoint endpoint;
    private final SipMessages messages;
    private final PeerAddresses peers;
    private final AnswerRefusals refusals;
    private final OutsideRequests outside;

    /** @throws IOException as {@link SipEndpoint} */
    public SipCalls(
            String host, int port, String userAgent, PeerAddresses peers, SipCounters counters, ThreadWatch watch)
            throws IOException {
        this.counters = counters;
        this.peers = peers;
        this.endpoint = new SipEndpoint(host, port, peers, this, counters, watch);
        this.messages = new SipMessages(host, endpoint.port(), userAgent);
        this.refusals = new AnswerRefusals(endpoint, messages);
        this.outside = new OutsideRequests(messages, byCallId::containsKey);
        refusals.start();
    }

    /** A call that is placed by {@link OutboundCall#start}. */
    public OutboundCall create(CallTarget target, InetSocketAddress rtp, CallListener listener, Mailbox mailbox) {
        return new OutboundCall(this, target, rtp, listener, mailbox);
    }

    /** Asks whether somebody is there, by OPTIONS. */
    public void probe(String host, InetSocketAddress at, TransactionOwner owner) throws SipException {
        endpoint.send(messages.options(SipMessages.uri("", host, at.getPort()), endpoint.newCallId()), at, owner);
    }

    public SipEndpoint endpoint() {
        return endpoint;
    }

    /** Calls that are not over. */
    public int open() {
        return byCallId.size();
    }

    @Override
    public void close() {
        endpoint.close();
    }

    PeerAddresses peers() {
        return peers;
    }

    SipMessages messages() {
        return messages;
    }

    AnswerRefusals refusals() {
        return refusals;
    }

    SipCounters counters() {
        return counters;
    }

    void add(OutboundCall call) {
        byCallId.put(call.callId(), call);
    }

    void remove(OutboundCall call, InetSocketAddress hop) {
        refusals.expect(call.callId(), call.localTag(), hop);
        byCallId.remove(call.callId());
    }

    @Override
    public boolean isWithinCall(SIPRequest request) {
        String callId = request.getCallId().getCallId();
        OutboundCall call = byCallId.get(callId);
        if (call != null && call.isWithin(request)) {
            return true;
        }
        return request.getToTag() != null && refusals.remembers(callId, request.getToTag());
    }

    @Override
    public boolean answeredWithoutTransaction(SIPResponse answer) {
        if (answer.getCSeq().getSeqNumber() != SipMessages.INVITE_SEQUENCE) {
            return false;
        }
        OutboundCall call = byCallId.get(answer.getCallId().getCallId());
        if (call != null && call.localTag().equals(answer.getFromTag())) {
            call.response(answer);
            return true;
        }
        if (refusals.refuseIfExpected(answer)) {
            counters.add(Counter.LATE_ANSWERS);
            return true;
        }
        return false;
    }

    @Override
    public void request(SIPRequest request, @Nullable ServerTransaction transaction) {
        OutboundCall call = byCallId.get(request.getCallId().getCallId());
        if (call != null && request.getToTag() != null) {
            call.request(request, transaction);
        } else if (transaction != null) {
            endpoint.respond(transaction, outside.answer(request));
        }
    }
}
