package org.paceline.sip.simulation;

import java.security.SecureRandom;
import org.paceline.sip.stack.SipEndpoint;

/** What the calls of a simulated peer share. Thread: simulation loop. */
record PeerSide(SipEndpoint endpoint, SimulationLoop loop, PeerCounters counters, SecureRandom random) {

    /** For a session's id or a tag; positive. */
    long randomNumber() {
        return random.nextLong() >>> 2;
    }
}
