package org.paceline.sip.call;

import java.util.function.Consumer;
import org.paceline.dialer.event.Event;
import org.paceline.sip.dialog.SipCalls;
import org.paceline.sip.line.AgentPhones;
import org.paceline.sip.media.MediaPlane;

/**
 * The parts that all legs share. Thread: any.
 *
 * @param callerIdHost host part of the caller IDs
 * @param events takes what happens, in the order of each leg
 */
record LegSurroundings(AgentPhones phones, String callerIdHost, Consumer<Event> events) {

    SipCalls calls() {
        return phones.calls();
    }

    MediaPlane media() {
        return phones.media();
    }

    void emit(Event event) {
        events.accept(event);
    }
}
