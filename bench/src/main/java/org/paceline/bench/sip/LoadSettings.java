package org.paceline.bench.sip;

import java.net.InetSocketAddress;

/**
 * The settings of a call load.
 *
 * @param peer the peer that takes the calls
 * @param localHost our address that reaches the peer
 * @param perSecond attempts a second
 * @param seconds length of the measured load
 * @param warmUpSeconds length of the load before that, at the same rate, not measured
 * @param holdMillis time from answer to hang-up
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
