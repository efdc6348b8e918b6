package org.paceline.sip.stack;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much may be asked by addresses that nobody knows yet: each has its share, and all together have one, because a
 * sender may use as many addresses as it likes.
 *
 * <p>Thread: the socket's only. Time is a parameter, monotonic.
 */
final class NewcomerShares {

    /** An office whose phones all come back after a power cut is one address, and each phone asks twice. */
    static final int PER_SECOND = 20;

    static final int BURST = 200;
    static final int ALL_PER_SECOND = 400;
    static final int ALL_BURST = 2_000;
    static final int MOST_ADDRESSES = 4_096;
    private static final int IPV4_BYTES = 4;
    private static final int NETWORK_BYTES = 8;

    private final TokenBucket all = new TokenBucket(ALL_PER_SECOND, ALL_BURST);
    private final Map<Integer, TokenBucket> byNetwork = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, TokenBucket> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    boolean take(InetAddress address, long nowNanos) {
        byte[] bytes = address.getAddress();
        int network = Arrays.hashCode(bytes.length == IPV4_BYTES ? bytes : Arrays.copyOf(bytes, NETWORK_BYTES));
        return byNetwork
                        .computeIfAbsent(network, _ -> new TokenBucket(PER_SECOND, BURST))
                        .take(nowNanos)
                && all.take(nowNanos);
    }
}
