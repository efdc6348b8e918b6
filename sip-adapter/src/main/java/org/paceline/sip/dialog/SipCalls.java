package org.paceline.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.auth.AuthorizedSender;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.ListenTerms;
import org.paceline.sip.stack.MessageTap;
import org.paceline.sip.stack.PeerAddresses;
import org.paceline.sip.stack.SipCounters;
import org.paceline.sip.stack.SipCounters.Counter;
import org.paceline.sip.stack.SipEndpoint;
import org.paceline.sip.stack.SipUser;
import org.paceline.sip.stack.TransactionOwner;

/**
 * All our calls by Call-ID, on one SIP endpoint. Requests from the network find their call here; calls to us are not
 * taken.
 *
 * <p>Thread: any.
 */
public final class SipCalls implements SipUser, AutoCloseable {

    private final OwnCalls calls = new OwnCalls();
    private final SipCounters counters;
    private final SipEndpoint endpoint;
    private final SipMessages messages;
    private final AnswerRefusals refusals;
    private final Newcomers newcomers;
    private final OutsideRequests outside;
    private final Signalling signalling;

    /**
     * Makes one for UDP alone, that peers reach at the address that is bound, and where nothing begins with others.
     *
     * @throws IOException as {@link SipEndpoint}
     */
    public SipCalls(
            String host, int port, String userAgent, PeerAddresses peers, SipCounters counters, ThreadWatch watch)
            throws IOException {
        this(ListenTerms.udp(host, port), userAgent, peers, Newcomers.NONE, counters, MessageTap.NONE, watch);
    }

    /**
     * @param newcomers takes what begins with others
     * @param tap is shown every message
     * @throws IOException as {@link SipEndpoint}
     */
    public SipCalls(
            ListenTerms terms,
            String userAgent,
            PeerAddresses peers,
            Newcomers newcomers,
            SipCounters counters,
            MessageTap tap,
            ThreadWatch watch)
            throws IOException {
        this.counters = counters;
        this.newcomers = newcomers;
        this.endpoint = new SipEndpoint(terms, peers, this, counters, tap, watch);
        this.messages = new SipMessages(endpoint, userAgent);
        this.refusals = new AnswerRefusals(endpoint, messages);
        SipResponses responses = new SipResponses(messages);
        this.outside = new OutsideRequests(responses, calls::contains, newcomers);
        this.signalling = new Signalling(endpoint, messages, responses, peers, counters, refusals, calls);
        refusals.start();
    }

    /** Makes a call, which is placed by {@link OutboundCall#start}. */
    public OutboundCall create(CallTarget target, InetSocketAddress rtp, CallListener listener, Mailbox mailbox) {
        return new OutboundCall(signalling, target, rtp, listener, mailbox);
    }

    /**
     * Asks by OPTIONS whether somebody is there.
     *
     * @param uriPort port part of the URI, 0 for none
     */
    public void probe(String host, int uriPort, Hop to, Authenticator authenticator, TransactionOwner owner)
            throws SipException {
        String callId = endpoint.newCallId();
        AtomicLong sequence = new AtomicLong();
        new AuthorizedSender(endpoint, authenticator)
                .send(
                        () -> messages.options(
                                SipMessages.uri("", host, uriPort),
                                PhoneRoute.NONE,
                                to.transport(),
                                callId,
                                sequence.incrementAndGet()),
                        to,
                        owner,
                        Runnable::run);
    }

    /** Begins a registration, whose requests all belong together. */
    public Registering registering(String user, String domain, Authenticator authenticator) {
        return new Registering(endpoint, messages, SipMessages.uri(user, domain, 0), authenticator);
    }

    public SipEndpoint endpoint() {
        return endpoint;
    }

    /** How many calls are not over. */
    public int open() {
        return calls.size();
    }

    @Override
    public void close() {
        endpoint.close();
    }

    @Override
    public boolean isWithinCall(SIPRequest request) {
        String callId = request.getCallId().getCallId();
        OwnCall call = calls.find(callId);
        if (call != null && call.isWithin(request)) {
            return true;
        }
        return request.getToTag() != null && refusals.remembers(callId, request.getToTag());
    }

    @Override
    public boolean expects(String user) {
        return newcomers.expects(user);
    }

    @Override
    public boolean answeredWithoutTransaction(SIPResponse answer) {
        OwnCall call = calls.find(answer.getCallId().getCallId());
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
        OwnCall call = calls.find(request.getCallId().getCallId());
        if (call != null && request.getToTag() != null) {
            call.request(request, transaction);
        } else if (transaction != null) {
            endpoint.respond(transaction, outside.answer(request));
        }
    }
}
