package org.paceline.sip.simulation;

import java.io.IOException;
import java.net.InetAddress;
import org.paceline.sip.simulation.PublicBehaviour.Fate;

/**
 * A carrier and the public behind it, over real SIP (UDP) and RTP: takes INVITEs, rings, refuses, answers, talks and
 * hangs up as a {@link PublicBehaviour} says. What becomes of a call depends on the seed, its number and how often the
 * number was called before, so that runs can be compared. A called party who answered and hears no word within their
 * patience hangs up.
 *
 * <p>Thread: any.
 */
public final class SimulatedCarrier implements AutoCloseable {

    private static final long NO_ANSWER_MILLIS = 120_000;

    private final PeerCounters counters = new PeerCounters();
    private final PublicBehaviour behaviour;
    private final long seed;
    private final SimulationLoop loop;
    private final SimulatedSip sip;

    /**
     * Starts to take calls, from the same host.
     *
     * @param host address to bind, SIP and RTP
     * @param port SIP port; 0 for any free one
     * @throws IOException with one line, when the port cannot be bound
     */
    public SimulatedCarrier(String host, int port, PublicBehaviour behaviour, long seed) throws IOException {
        this.behaviour = behaviour;
        this.seed = seed;
        loop = new SimulationLoop("sim-carrier", InetAddress.getByName(host));
        try {
            sip = new SimulatedSip(host, port, loop, counters, this::invited);
        } catch (IOException e) {
            loop.close();
            throw e;
        }
    }

    /** The SIP port, UDP. */
    public int port() {
        return sip.port();
    }

    /** How often a number was called; with or without {@code +}. */
    public long invites(String number) {
        return counters.invites(number);
    }

    public PeerStats stats() {
        return counters.stats();
    }

    /** Returns the times from each 200 to the first word heard, microseconds, ascending; at most 200,000. */
    public long[] answerToHeardMicros() {
        return counters.answerToHeardMicros();
    }

    /** Stops without hanging up, as if the network were gone. */
    @Override
    public void close() {
        sip.close();
        loop.close();
    }

    private void invited(IncomingCall call) {
        Fate fate =
                behaviour.fate(seed, call.invitation().user(), call.invitation().invitesBefore());
        after(fate.postDialMillis(), () -> reached(call, fate));
    }

    private void reached(IncomingCall call, Fate fate) {
        switch (fate.end()) {
            case ANSWERED -> {
                call.ring();
                after(fate.ringMillis(), () -> answered(call, fate));
            }
            case REJECTED -> {
                call.ring();
                after(fate.ringMillis(), () -> call.refuse(fate.end().status()));
            }
            case NO_ANSWER -> {
                call.ring();
                loop.after(NO_ANSWER_MILLIS, () -> call.refuse(fate.end().status()));
            }
            case BUSY, INVALID, CONGESTION -> call.refuse(fate.end().status());
        }
    }

    private void answered(IncomingCall call, Fate fate) {
        call.answer(Voice.CUSTOMER, () -> loop.after(fate.talkMillis(), call::hangUp));
        loop.after(fate.patienceMillis(), () -> {
            if (call.answered() && !call.heard()) {
                counters.unserved.increment();
                call.hangUp();
            }
        });
    }

    private void after(long millis, Runnable work) {
        if (millis == 0) {
            work.run();
        } else {
            loop.after(millis, work);
        }
    }
}
