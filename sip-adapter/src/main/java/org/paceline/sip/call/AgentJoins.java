package org.paceline.sip.call;

import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.event.Event.CallConnected;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.dialog.Mailbox;
import org.paceline.sip.line.PhoneCall;
import org.paceline.sip.media.MediaSession;

/**
 * The agents with whom a customer who has answered is joined, one after the other: on a standing line, or on a phone
 * that is called for this customer.
 *
 * <p>Thread: within the call's mailbox.
 */
final class AgentJoins implements AgentLeg.Customer {

    private final CallId id;
    private final CustomerMedia media;
    private final LegSurroundings around;
    private final Mailbox mailbox;
    private final long answeredNanos;

    private @Nullable AgentLeg rung;
    /** Counts the joins, so that a late report of an earlier join is recognised. */
    private long joins;

    private boolean ended;

    AgentJoins(CallId id, CustomerMedia media, LegSurroundings around, Mailbox mailbox, long answeredNanos) {
        this.id = id;
        this.media = media;
        this.around = around;
        this.mailbox = mailbox;
        this.answeredNanos = answeredNanos;
    }

    /** Joins the customer with the agent's line, and reports it once the phone has shown that it is there. */
    void connect(AgentId agent, Supplier<@Nullable PhoneCall> agentLine) {
        PhoneCall phone = agentLine.get();
        MediaSession line = phone == null ? null : phone.media();
        if (phone == null || line == null || !phone.takesCustomer()) {
            // The engine is told of the line's end as well, and names the next agent.
            return;
        }
        part();
        long join = ++joins;
        relay(
                line,
                micros -> phone.confirm(() -> mailbox.run(() -> {
                    if (!ended && join == joins) {
                        around.emit(new CallConnected(id, agent, micros));
                    }
                })));
    }

    /** Calls the phone; a phone that rang for the customer before is dismissed. */
    void ring(AgentRing ring, AgentAddress at) {
        part();
        AgentLeg leg = new AgentLeg(ring, around, this);
        rung = leg;
        leg.start(at, mailbox);
    }

    void stopRinging(AgentRing ring) {
        if (rung != null && rung.ring().equals(ring)) {
            part();
        }
    }

    /** Ends the joins, because the customer's call is over. */
    void end() {
        ended = true;
        part();
    }

    @Override
    public void phoneAnswered(AgentLeg leg, MediaSession phone) {
        if (leg == rung) {
            joins++;
            relay(phone, micros -> {
                if (leg == rung) {
                    leg.joined(micros);
                }
            });
        }
    }

    @Override
    public void phoneLeft(AgentLeg leg) {
        if (leg == rung) {
            rung = null;
            media.unjoin();
        }
    }

    /** @param done takes the microseconds since the customer's answer, once both hear each other */
    private void relay(MediaSession phone, LongConsumer done) {
        media.join(
                phone,
                joinedNanos -> mailbox.run(() -> {
                    if (!ended) {
                        done.accept((joinedNanos - answeredNanos) / 1_000);
                    }
                }));
    }

    private void part() {
        AgentLeg leg = rung;
        rung = null;
        if (leg != null) {
            media.unjoin();
            leg.dismiss();
        }
    }
}
