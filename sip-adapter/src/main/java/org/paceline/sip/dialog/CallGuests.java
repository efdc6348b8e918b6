package org.paceline.sip.dialog;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import org.paceline.sip.stack.PeerAddresses;

/**
 * The addresses that may speak for the other side of one call: a trunk's name may change to other addresses, and its
 * answer may come from another one. They are let in as long as the call lives.
 *
 * <p>Thread: within the call's {@link Mailbox}.
 */
final class CallGuests {

    private final PeerAddresses peers;
    private final Set<InetAddress> in = new HashSet<>();

    CallGuests(PeerAddresses peers) {
        this.peers = peers;
    }

    void letIn(InetAddress address) {
        if (in.add(address)) {
            peers.add(address);
        }
    }

    /** The call is over. */
    void leave() {
        in.forEach(peers::remove);
        in.clear();
    }
}
