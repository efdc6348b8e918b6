package org.paceline.dialer.simulation;

import org.paceline.dialer.event.Effect;

/** The simulated agents: what they do when the engine changes their state or answers a command. Thread: the world's. */
public interface Agents {
    /** Agents who do nothing on their own and accept any answer. */
    Agents PASSIVE = new Agents() {};

    default void changed(Effect.AgentChanged changed) {}

    default void answered(Effect.AnswerCommand answer) {}
}
