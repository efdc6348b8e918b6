package org.paceline.dialer.pipeline;

import com.lmax.disruptor.EventHandler;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.port.Telephony;

/**
 * Dials attempts that are stored and still right, and cancels calls. It has a thread of its own: not the journal's,
 * so that a slow database delays no dial, and not the engine's, because a dial binds a port and writes an INVITE.
 *
 * <p>Thread: {@code dialer-dial} only.
 */
final class Dialer implements EventHandler<Slot<Effect.Dialling>> {
    private final Telephony telephony;

    Dialer(Telephony telephony) {
        this.telephony = telephony;
    }

    @Override
    public void onEvent(Slot<Effect.Dialling> slot, long sequence, boolean endOfBatch) {
        switch (slot.take()) {
            case Effect.Dial dial -> telephony.dial(dial.call(), dial.order());
            case Effect.CancelCall cancel -> telephony.cancel(cancel.call());
        }
    }
}
