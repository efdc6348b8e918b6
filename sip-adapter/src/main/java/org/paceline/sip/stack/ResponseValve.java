package org.paceline.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPMessageValve;
import javax.sip.SipStack;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.paceline.sip.stack.SipCounters.Counter;

/**
 * Decides in constant time what becomes of a response that has no transaction; the stack itself would compare it with
 * every transaction there is. A 2xx to an INVITE goes to the user, who acknowledges it; anything else is dropped. A 2xx
 * whose transaction has had its final response is treated alike: the stack would swallow it.
 */
final class ResponseValve implements SIPMessageValve {

    private final HashedSipStack stack;
    private final SipUser user;
    private final SipCounters counters;

    ResponseValve(HashedSipStack stack, SipUser user, SipCounters counters) {
        this.stack = stack;
        this.user = user;
        this.counters = counters;
    }

    @Override
    public boolean processRequest(SIPRequest request, MessageChannel channel) {
        return true;
    }

    @Override
    public boolean processResponse(Response response, MessageChannel channel) {
        SIPResponse sip = (SIPResponse) response;
        boolean answer = sip.getStatusCode() / 100 == 2
                && Request.INVITE.equals(sip.getCSeq().getMethod());
        if (stack.hasTransactionFor(sip.getTransactionId(), answer)) {
            return true;
        }
        if (!answer || !user.answeredWithoutTransaction(sip)) {
            counters.add(Counter.STRAY_RESPONSES);
        }
        return false;
    }

    @Override
    public void init(SipStack sipStack) {}

    @Override
    public void destroy() {}
}
