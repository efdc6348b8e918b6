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
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.GuardedUdpProcessor.Entrance;

/** The stack with its table scans replaced by look-ups. Thread: any. */
class HashedSipStack extends SipStackImpl {

    HashedSipStack(Properties properties, Entrance entrance) throws PeerUnavailableException {
        super(properties);
        messageProcessorFactory =
                (stack, address, port, transport) -> new GuardedUdpProcessor(address, stack, port, entrance);
        sipMessageValves.add(new ResponseValve(clientTransactionTable::get, entrance.user(), entrance.counters()));
        setRouter(new HopRouter());
    }

    WheelSipTimer wheel() {
        return (WheelSipTimer) getTimer();
    }

    /** Returns the socket; there is one once a listening point exists. */
    GuardedUdpProcessor socket() {
        for (MessageProcessor processor : getMessageProcessors()) {
            if (processor instanceof GuardedUdpProcessor udp) {
                return udp;
            }
        }
        throw new IllegalStateException("the SIP stack has no socket: not started, or stopped");
    }

    /**
     * Returns the INVITE that a CANCEL is for: the one with the same branch (RFC 3261 §9.1, §9.2). Branches of RFC
     * 2543, without the magic cookie, match nothing. The stack's own look-up compares the CANCEL with every
     * transaction.
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
