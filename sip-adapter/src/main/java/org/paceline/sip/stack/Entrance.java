package org.paceline.sip.stack;

import org.paceline.dialer.threads.ThreadWatch;

/**
 * The parts that decide what comes in.
 *
 * @param peers the addresses that may send requests outside of calls
 * @param user knows which requests are within calls
 * @param tap is shown what comes in and goes out
 */
record Entrance(
        int receiveThreads,
        PeerAddresses peers,
        SipUser user,
        Seal seal,
        SipCounters counters,
        MessageTap tap,
        ThreadWatch watch) {

    /** Makes what judges messages as they come in, for one thread. */
    Door door() {
        return new Door(seal, peers, user::expects, counters);
    }
}
