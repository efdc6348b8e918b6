package org.paceline.sip.simulation;

import java.security.SecureRandom;
import org.paceline.sip.stack.SipEndpoint;

/** The parts that the calls of a simulated peer share. Thread: simulation loop. */
record PeerSide(SipEndpoint endpoint, SimulationLoop loop, PeerCounters counters, SecureRandom random) {

    /** Returns a positive number for a session's id or a tag. */
    long randomNumber() {
        return random.nextLong() >>> 2;
    }
}
