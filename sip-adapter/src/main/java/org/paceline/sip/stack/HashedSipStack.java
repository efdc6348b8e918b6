package org.paceline.sip.stack;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import gov.nist.javax.sip.stack.SIPTransaction;
import java.util.Locale;
import java.util.Properties;
import javax.sip.PeerUnavailableException;
import javax.sip.TransactionState;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.threads.ThreadWatch;

/** The stack with its table scans replaced by look-ups. Thread: any. */
class HashedSipStack extends SipStackImpl {

    HashedSipStack(
            Properties properties,
            int receiveThreads,
            PeerAddresses peers,
            SipUser user,
            SipCounters counters,
            ThreadWatch watch)
            throws PeerUnavailableException {
        super(properties);
        messageParserFactory = stack -> new GuardedParser(counters);
        messageProcessorFactory = (stack, address, port, transport) ->
                new GuardedUdpProcessor(address, stack, port, receiveThreads, peers, counters, watch);
        sipMessageValves.add(new ResponseValve(this, user, counters));
        setRouter(new HopRouter());
    }

    /** @param answer a 2xx to an INVITE: only a transaction that waits for its final response takes it */
    boolean hasTransactionFor(String transactionId, boolean answer) {
        SIPClientTransaction transaction = clientTransactionTable.get(transactionId);
        if (transaction == null || !answer) {
            return transaction != null;
        }
        TransactionState state = transaction.getState();
        return TransactionState.CALLING.equals(state) || TransactionState.PROCEEDING.equals(state);
    }

    WheelSipTimer wheel() {
        return (WheelSipTimer) getTimer();
    }

    /** The socket; there is one once a listening point is there. */
    GuardedUdpProcessor socket() {
        for (MessageProcessor processor : getMessageProcessors()) {
            if (processor instanceof GuardedUdpProcessor udp) {
                return udp;
            }
        }
        throw new IllegalStateException("the SIP stack has no socket: not started, or stopped");
    }

    /**
     * The INVITE that a CANCEL is for: that of the same branch (RFC 3261 §9.1, §9.2). Branches of RFC 2543, without the
     * magic cookie, match nothing. The stack's own look-up compares the CANCEL with every transaction.
     */
    @Override
    public @Nullable SIPTransaction findCancelTransaction(SIPRequest cancel, boolean isServer) {
        String branch = cancel.getTopmostVia().getBranch();
        if (branch == null) {
            return null;
        }
        String key = branch.toLowerCase(Locale.ROOT);
        if (isServer) {
            SIPServerTransaction found = serverTransactionTable.get(key);
            return found != null && found.doesCancelMatchTransaction(cancel) ? found : null;
        }
        SIPClientTransaction found = clientTransactionTable.get(key);
        return found != null && found.doesCancelMatchTransaction(cancel) ? found : null;
    }
}
