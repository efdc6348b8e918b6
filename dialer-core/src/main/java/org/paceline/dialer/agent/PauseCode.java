package org.paceline.dialer.agent;

/**
 * A reason for a pause that the floor knows.
 *
 * @param lengthMillis how long such a pause may last; 0 for as long as it takes
 * @param isBreak whether it counts against the team's quota and the day's break time
 */
public record PauseCode(String code, long lengthMillis, boolean isBreak) {

    public PauseCode {
        if (code.isBlank() || lengthMillis < 0) {
            throw new IllegalArgumentException(
                    "code='" + code + "' lengthMillis=" + lengthMillis + ": must name one, with no length below 0");
        }
    }
}
