package org.paceline.sip.dialog;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * Answers a peer's requests that belong to none of our calls. We take no calls here; every request but OPTIONS and
 * REGISTER is answered with the reason why it was not taken (RFC 3261 §8.2).
 *
 * <p>Thread: any.
 */
final class OutsideRequests {

    /** Methods within a call, or within a subscription (RFC 6665 §4.1.3), of which there is none. */
    private static final Set<String> WITHIN_SOMETHING =
            Set.of(Request.CANCEL, Request.BYE, Request.PRACK, Request.UPDATE, Request.INFO, Request.NOTIFY);

    private final SipResponses responses;
    private final Predicate<String> ownCall;
    private final Newcomers newcomers;
    private final Recent recent = new Recent();

    /**
     * @param ownCall whether a Call-ID is that of a call that we place
     * @param newcomers answers REGISTER
     */
    OutsideRequests(SipResponses responses, Predicate<String> ownCall, Newcomers newcomers) {
        this.responses = responses;
        this.ownCall = ownCall;
        this.newcomers = newcomers;
    }

    SIPResponse answer(SIPRequest request) {
        if (request.getToTag() != null) {
            return responses.response(request, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
        }
        List<String> unknown = SipResponses.unknownExtensions(request);
        if (!unknown.isEmpty()) {
            return responses.badExtension(request, unknown);
        }
        if (WITHIN_SOMETHING.contains(request.getMethod())) {
            return responses.response(request, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
        }
        if (ownCall.test(request.getCallId().getCallId()) || recent.isMerged(request)) {
            return responses.response(request, Response.LOOP_DETECTED);
        }
        if (!(request.getRequestURI() instanceof SipUri)) {
            return responses.response(request, Response.UNSUPPORTED_URI_SCHEME);
        }
        return switch (request.getMethod()) {
            case Request.OPTIONS -> responses.capabilities(request, Response.OK);
            // A trunk may try elsewhere.
            case Request.INVITE -> responses.response(request, Response.TEMPORARILY_UNAVAILABLE);
            case Request.REGISTER -> register(request);
            default -> responses.unsupportedMethod(request);
        };
    }

    private SIPResponse register(SIPRequest request) {
        RegisterAnswer answer = newcomers.register(request);
        return answer == null ? responses.unsupportedMethod(request) : responses.registered(request, answer);
    }

    /** The last requests, so that one that comes a second time by another way is recognised (RFC 3261 §8.2.2.2). */
    private static final class Recent {
        private static final int MOST = 1_024;
        /** How long requests are remembered: 64·T1, as long as a transaction may last. */
        private static final long NANOS = 32_000_000_000L;

        private final Map<String, Seen> byRequest = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
                return size() > MOST;
            }
        };

        private record Seen(String branch, long atNanos) {}

        synchronized boolean isMerged(SIPRequest request) {
            String key = request.getCallId().getCallId()
                    + ' '
                    + request.getFromTag()
                    + ' '
                    + request.getCSeq().getSeqNumber()
                    + ' '
                    + request.getMethod();
            String branch = String.valueOf(request.getTopmostVia().getBranch());
            long now = System.nanoTime();
            Seen seen = byRequest.get(key);
            if (seen != null && now - seen.atNanos < NANOS) {
                return !seen.branch.equals(branch);
            }
            byRequest.put(key, new Seen(branch, now));
            return false;
        }
    }
}
