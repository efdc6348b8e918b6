package org.paceline.sip.stack;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;

/** The addresses that may send us requests: trunks and agents' phones. Thread: any. */
public final class PeerAddresses {

    private final ConcurrentHashMap<InetAddress, Integer> uses = new ConcurrentHashMap<>();

    /** Lets the address in; each call is undone by one {@link #remove}. */
    public void add(InetAddress address) {
        uses.merge(address, 1, Integer::sum);
    }

    public void remove(InetAddress address) {
        uses.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    boolean contains(InetAddress address) {
        return uses.containsKey(address);
    }
}
