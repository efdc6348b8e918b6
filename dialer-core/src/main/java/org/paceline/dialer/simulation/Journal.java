package org.paceline.dialer.simulation;

import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.event.Effect;

/** The simulated attempt journal. Thread: the world's. */
public interface Journal {

    /** Takes the attempt; {@code AttemptsJournaled} or {@code AttemptRefused} must follow. */
    void write(Attempt attempt);

    /** Takes back an attempt that was stored and is not sent. */
    void takeBack(Effect.TakeBack back);
}
