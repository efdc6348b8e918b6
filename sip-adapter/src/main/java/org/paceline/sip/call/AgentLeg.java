package org.paceline.sip.call;

import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.event.Event.AgentAnswered;
import org.paceline.dialer.event.Event.AgentHungUp;
import org.paceline.dialer.event.Event.AgentLost;
import org.paceline.dialer.event.Event.AgentMissed;
import org.paceline.sip.dialog.Mailbox;
import org.paceline.sip.line.AgentPhones;
import org.paceline.sip.line.PhoneCall;
import org.paceline.sip.line.PhoneListener;
import org.paceline.sip.line.PhoneTarget;
import org.paceline.sip.line.PhoneWay;
import org.paceline.sip.media.MediaSession;

/**
 * The phone of an agent without a standing line, called for one customer: it rings, is joined with the customer, and is
 * hung up when the talk ends. The ring's number distinguishes it from phones that were rung before for the same
 * customer.
 *
 * <p>Thread: within the customer's mailbox.
 */
final class AgentLeg implements PhoneListener {
    private final AgentRing ring;
    private final LegSurroundings around;
    private final Customer customer;
    private @Nullable PhoneCall phone;
    private boolean connected;

    /** The customer for whom the phone is called, who is told about it within the mailbox. */
    interface Customer {

        /** The phone was answered; it may be joined. */
        void phoneAnswered(AgentLeg leg, MediaSession phone);

        /** The phone did not come on the line, or left it. */
        void phoneLeft(AgentLeg leg);
    }

    AgentLeg(AgentRing ring, LegSurroundings around, Customer customer) {
        this.ring = ring;
        this.around = around;
        this.customer = customer;
    }

    AgentRing ring() {
        return ring;
    }

    void start(AgentAddress at, Mailbox mailbox) {
        try {
            List<PhoneWay> ways = around.phones().ways(ring.agent(), at);
            if (ways.isEmpty()) {
                failed(AgentPhones.NONE_REGISTERED);
                return;
            }
            PhoneCall placed =
                    new PhoneCall(new PhoneTarget(ring.agent(), ways, ring.call()), around.phones(), this, mailbox);
            phone = placed;
            placed.start();
        } catch (ParseException e) {
            failed(String.valueOf(e.getMessage()));
        }
    }

    /** Ends the phone's call in whatever state it is, and tells nobody. */
    void dismiss() {
        if (phone != null) {
            phone.dismiss();
        }
    }

    @Override
    public void up() {
        MediaSession media = phone == null ? null : phone.media();
        if (media != null) {
            customer.phoneAnswered(this, media);
        }
    }

    /** @param micros time from the customer's answer, microseconds */
    void joined(long micros) {
        connected = true;
        around.emit(new AgentAnswered(ring, micros));
    }

    @Override
    public void failed(String reason) {
        customer.phoneLeft(this);
        around.emit(new AgentMissed(ring, reason));
    }

    @Override
    public void ended(String reason) {
        customer.phoneLeft(this);
        around.emit(connected ? new AgentHungUp(ring) : new AgentMissed(ring, reason));
    }

    /** A phone that has just been called for the customer holds the call; the agent may resume it. */
    @Override
    public void held() {}

    @Override
    public void resumed() {}

    @Override
    public void lost(String reason) {
        customer.phoneLeft(this);
        around.emit(connected ? new AgentLost(ring, reason) : new AgentMissed(ring, reason));
    }
}
