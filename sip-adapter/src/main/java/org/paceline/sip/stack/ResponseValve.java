package org.paceline.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import gov.nist.javax.sip.stack.SIPMessageValve;
import java.util.function.Function;
import javax.sip.SipStack;
import javax.sip.TransactionState;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.SipCounters.Counter;

/**
 * Decides in constant time what becomes of a response that has no transaction; the stack itself would compare it with
 * every transaction there is. A 2xx to an INVITE goes to the user, who acknowledges it; anything else is dropped. A 2xx
 * whose transaction has had its final response is treated in the same way, because the stack would swallow it.
 */
final class ResponseValve implements SIPMessageValve {

    private final Function<String, @Nullable SIPClientTransaction> transactions;
    private final SipUser user;
    private final SipCounters counters;

    /** @param transactions by transaction id; null where there is none */
    ResponseValve(Function<String, @Nullable SIPClientTransaction> transactions, SipUser user, SipCounters counters) {
        this.transactions = transactions;
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
        SIPClientTransaction transaction = transactions.apply(sip.getTransactionId());
        if (transaction != null && !isTo(transaction, sip)) {
            counters.add(Counter.STRAY_RESPONSES);
            return false;
        }
        if (transaction != null && (!answer || awaitsFinal(transaction))) {
            return true;
        }
        if (!answer || !user.answeredWithoutTransaction(sip)) {
            counters.add(Counter.STRAY_RESPONSES);
        }
        return false;
    }

    /**
     * Whether the response is to the transaction's request. The stack looks at the branch and the method only; but a
     * response with another sequence number or of another call answers nothing.
     */
    private static boolean isTo(SIPClientTransaction transaction, SIPResponse response) {
        SIPRequest request = transaction.getOriginalRequest();
        return request == null
                || (request.getCSeq().getSeqNumber() == response.getCSeq().getSeqNumber()
                        && request.getMethod().equals(response.getCSeq().getMethod())
                        && request.getCallId()
                                .getCallId()
                                .equals(response.getCallId().getCallId()));
    }

    private static boolean awaitsFinal(SIPClientTransaction transaction) {
        TransactionState state = transaction.getState();
        return TransactionState.CALLING.equals(state) || TransactionState.PROCEEDING.equals(state);
    }

    @Override
    public void init(SipStack sipStack) {}

    @Override
    public void destroy() {}
}
