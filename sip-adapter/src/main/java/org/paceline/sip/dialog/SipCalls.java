package org.paceline.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
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
    private final AnswerRefusals refusals;

    /** @throws IOException as {@link SipEndpoint} */
    public SipCalls(
            String host, int port, String userAgent, PeerAddresses peers, SipCounters counters, ThreadWatch watch)
            throws IOException {
        this.counters = counters;
        this.endpoint = new SipEndpoint(host, port, peers, this, counters, watch);
        this.messages = new SipMessages(host, endpoint.port(), userAgent);
        this.refusals = new AnswerRefusals(endpoint, messages);
        refusals.start();
    }

    /** A call that is placed by {@link OutboundCall#start}. */
    public OutboundCall create(CallTarget target, InetSocketAddress rtp, CallListener listener, Mailbox mailbox) {
        return new OutboundCall(this, target, rtp, listener, mailbox);
    }

    /** Asks whether somebody is there, by OPTIONS. */
    public void probe(String host, InetSocketAddress at, TransactionOwner owner) throws SipException {
        endpoint.send(messages.options(SipMessages.uri("", host, at.getPort())), at, owner);
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
    public boolean answeredWithoutTransaction(SIPResponse answer) {
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
            endpoint.respond(transaction, outside(request));
        }
    }

    /** The answer to a request of no call of ours. */
    private SIPResponse outside(SIPRequest request) {
        if (request.getToTag() != null) {
            return messages.response(request, 481);
        }
        return switch (request.getMethod()) {
            case Request.OPTIONS -> messages.capabilities(request, 200);
            // Nobody is called here; a trunk may try elsewhere.
            case Request.INVITE -> messages.response(request, 480);
            case Request.CANCEL, Request.BYE, Request.PRACK, Request.UPDATE, Request.INFO ->
                messages.response(request, 481);
            default -> messages.capabilities(request, 405);
        };
    }
}
