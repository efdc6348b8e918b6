package org.paceline.dialer.agent;

import org.jspecify.annotations.Nullable;

/**
 * Why an agent takes no customers.
 *
 * @param reason one line for people: the code with the agent's note, or the dialer's own reason
 * @param code of the floor's list, or null where there is none or the dialer itself makes the pause
 */
public record Pause(String reason, @Nullable PauseCode code) {
    /** The pause that every shift begins with. */
    public static final Pause SIGNED_IN = bySystem("signed in");

    /** A pause that nobody asked for, such as the one after signing in or after a call that was not answered. */
    public static Pause bySystem(String reason) {
        return new Pause(reason, null);
    }

    public boolean isBreak() {
        return code != null && code.isBreak();
    }
}
