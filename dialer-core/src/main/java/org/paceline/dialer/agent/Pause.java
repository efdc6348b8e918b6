package org.paceline.dialer.agent;

import org.jspecify.annotations.Nullable;

/**
 * Why an agent takes no customers.
 *
 * @param reason for people: the code with the agent's note, or what the dialer says
 * @param code of the floor's list, or null where there is none or the dialer itself makes the pause
 */
public record Pause(String reason, @Nullable PauseCode code) {
    /** Every shift begins with it. */
    public static final Pause SIGNED_IN = bySystem("signed in");

    /** One that nobody asked for: just signed in, a call not answered. */
    public static Pause bySystem(String reason) {
        return new Pause(reason, null);
    }

    public boolean isBreak() {
        return code != null && code.isBreak();
    }
}
