package org.paceline.daemon.donotcall;

import org.paceline.rules.OptOut;

/**
 * One number that must not be called.
 *
 * @param e164 digits without {@code +}
 * @param enteredAtEpochMillis when it was entered, epoch milliseconds
 */
public record DoNotCallEntry(long e164, OptOut optOut, long enteredAtEpochMillis) {

    /** Returns the campaign, or empty for all. */
    public String campaignKey() {
        return optOut.campaign() == null ? "" : optOut.campaign();
    }
}
