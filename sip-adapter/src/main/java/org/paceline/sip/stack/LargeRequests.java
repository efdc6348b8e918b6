package org.paceline.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Which requests go by TCP for their size (RFC 3261 §18.1.1): those over {@value #MOST_BYTES} bytes to peers that take them
 * so. A peer to which no connection could be had gets them by UDP for some minutes.
 *
 * <p>Thread: any.
 */
final class LargeRequests {

    static final int MOST_BYTES = 1_300;
    private static final long WITHOUT_TCP_NANOS = TimeUnit.MINUTES.toNanos(5);

    /** Until when a peer gets everything by UDP. */
    private final ConcurrentHashMap<InetSocketAddress, Long> withoutTcp = new ConcurrentHashMap<>();

    boolean goesByTcp(SIPRequest request, Hop to) {
        return to.transport() == Transport.UDP
                && to.link().largeByTcp()
                && !isWithoutTcp(to.at())
                && request.encodeAsBytes(Transport.UDP.name()).length > MOST_BYTES;
    }

    private boolean isWithoutTcp(InetSocketAddress at) {
        Long until = withoutTcp.get(at);
        if (until != null && until - System.nanoTime() <= 0) {
            withoutTcp.remove(at, until);
            return false;
        }
        return until != null;
    }

    static Hop byTcp(Hop to) {
        return new Hop(Link.TCP, to.at());
    }

    /** Returns an owner who remembers that no connection to the peer could be had. */
    TransactionOwner watched(Hop to, TransactionOwner owner) {
        return new TransactionOwner() {
            @Override
            public void response(SIPResponse response) {
                owner.response(response);
            }

            @Override
            public void timedOut(String method) {
                owner.timedOut(method);
            }

            @Override
            public void unreachable(Unreachable why) {
                withoutTcp.put(to.at(), System.nanoTime() + WITHOUT_TCP_NANOS);
                owner.unreachable(new Unreachable(why.method(), why.reason(), why.isSent(), !why.isSent()));
            }
        };
    }
}
