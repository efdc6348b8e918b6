package org.paceline.dialer.simulation;

import org.paceline.dialer.event.Effect;
import org.paceline.dialer.port.LeadSource;
import org.paceline.dialer.port.Telephony;

/**
 * How everything around the engine behaves in a {@link VirtualWorld}. Each part begins what it is asked for at once and puts the result on
 * the world's agenda.
 *
 * @param store is told of an agent's change before {@code agents} are
 */
public record Behaviours(Journal journal, Telephony telephony, LeadSource leads, EntryStore store, Agents agents) {

    /**
     * Hands the effect to the part that it is meant for. Effects that only inform people change nothing in the world.
     */
    void perform(Effect effect) {
        switch (effect) {
            case Effect.PlaceCall place -> journal.write(place.attempt());
            case Effect.TakeBack back -> journal.takeBack(back);
            case Effect.Dial dial -> telephony.dial(dial.call(), dial.order());
            case Effect.CancelCall cancel -> telephony.cancel(cancel.call());
            case Effect.Connect connect -> telephony.connect(connect.call(), connect.agent());
            case Effect.RingAgent ring -> telephony.ringAgent(ring.ring(), ring.at());
            case Effect.StopRinging stop -> telephony.stopRinging(stop.ring());
            case Effect.WarnAgent warn -> telephony.warnAgent(warn.call());
            case Effect.StartRecording start -> telephony.record(start.call());
            case Effect.Announce announce -> telephony.announce(announce.call(), announce.announcement());
            case Effect.HangUp hangUp -> telephony.hangUp(hangUp.call(), hangUp.cause());
            case Effect.OpenLine open -> telephony.openLine(open.agent(), open.at());
            case Effect.CloseLine close -> telephony.closeLine(close.agent());
            case Effect.RequestLeads request -> leads.request(request.campaign(), request.count());
            case Effect.RequestCallbacks request ->
                leads.requestCallbacks(request.campaign(), request.agents(), request.graceMillis());
            case Effect.AgentChanged changed -> {
                store.keep(changed);
                agents.changed(changed);
            }
            case Effect.Entry entry -> store.keep(entry);
            case Effect.AnswerCommand answer -> agents.answered(answer);
            case Effect.TrunkStopped _, Effect.CallerIdBlocked _, Effect.CallerIdAnswers _, Effect.Drained _ -> {}
        }
    }
}
