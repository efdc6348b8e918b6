package org.paceline.bench.sip;

import java.net.InetSocketAddress;

/**
 * How calls are made.
 *
 * @param peer who takes them
 * @param localHost the address of ours that reaches the peer
 * @param perSecond attempts a second
 * @param seconds for so long
 * @param warmUpSeconds before that, at the same rate, not measured
 * @param holdMillis from answer to hang-up
 */
record LoadSettings(
        InetSocketAddress peer, String localHost, double perSecond, int seconds, int warmUpSeconds, long holdMillis) {

    int calls() {
        return (int) (perSecond * seconds);
    }

    int warmUpCalls() {
        return (int) (perSecond * warmUpSeconds);
    }

    /** The peer as SIP and people write it. */
    String peerText() {
        String host = peer.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + peer.getPort();
    }
}
