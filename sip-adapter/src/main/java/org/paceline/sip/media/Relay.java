package org.paceline.sip.media;

import io.netty.buffer.ByteBuf;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.audio.G711;
import org.paceline.sip.recording.RecordingTap;

/**
 * A customer and an agent who hear each other, from the join to the part: their packets and their recording.
 *
 * <p>Thread: media loop.
 */
final class Relay {

    private final RtpSender customer;
    private final RtpSender agent;
    private final LongSupplier nanoClock;

    private @Nullable RecordingTap tap;
    private boolean ended;

    /**
     * @param customer the stream to the customer
     * @param agent the stream to the agent
     */
    Relay(RtpSender customer, RtpSender agent, LongSupplier nanoClock) {
        this.customer = customer;
        this.agent = agent;
        this.nanoClock = nanoClock;
        customer.endSource();
        agent.endSource();
    }

    /** Whether the two were parted; nothing is done from then on. */
    boolean ended() {
        return ended;
    }

    /** Returns the stream to the agent. */
    RtpSender agent() {
        return agent;
    }

    boolean isRecorded() {
        return tap != null;
    }

    /**
     * Records a packet and sends it to the other one.
     *
     * @param from the stream to the packet's sender
     * @param heard the packet's law, or null for a telephone-event
     * @return whether the buffer was passed on
     */
    boolean packet(RtpSender from, ByteBuf datagram, RtpPacket packet, @Nullable G711 heard, long nowNanos) {
        boolean byCustomer = from == customer;
        if (tap != null && heard != null) {
            tap.packet(
                    byCustomer,
                    packet.ssrc(),
                    packet.timestamp(),
                    heard,
                    datagram,
                    packet.payloadIndex(),
                    packet.payloadLength(),
                    nowNanos);
        }
        return (byCustomer ? agent : customer).relay(datagram, packet, heard, nowNanos);
    }

    /** Records from now on, unless that is done already. */
    void record(RecordingStart recording) {
        if (!ended && tap == null) {
            tap = recording.begin(nanoClock.getAsLong());
        }
    }

    /** Plays a short tone over the audio that the agent hears; neither the customer nor the recording gets it. */
    void warnAgent() {
        if (!ended) {
            agent.warn();
        }
    }

    /** Parts the two, ends what is played to them, and closes the recording. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        if (tap != null) {
            tap.close(nanoClock.getAsLong());
            tap = null;
        }
        customer.stopWarning();
        agent.stopWarning();
        customer.player().stop();
        agent.player().stop();
    }
}
