package org.paceline.rules;

import java.time.ZoneId;
import java.util.List;

/**
 * A telephone number with the facts that rules need, found once when the number enters the system.
 *
 * <p>Thread: any (immutable).
 *
 * @param e164 the digits without {@code +}, at most 15 of them (ITU-T E.164)
 * @param region ISO 3166-1 alpha-2 code, or {@code "001"} for a number of no region (libphonenumber's code for it)
 * @param kind what kind of line it is
 * @param zones every time zone that the number may be in, never empty
 */
public record PhoneNumber(long e164, String region, NumberKind kind, List<ZoneId> zones) {

    public PhoneNumber {
        if (e164 <= 0 || e164 > 999_999_999_999_999L) {
            throw new IllegalArgumentException("e164=" + e164 + ": must have 1 to 15 digits");
        }
        if (zones.isEmpty()) {
            throw new IllegalArgumentException("zones is empty: a number is in at least one time zone");
        }
        zones = List.copyOf(zones);
    }

    /** Returns the number as it is dialled and stored: {@code +13055550123}. */
    public String text() {
        return "+" + e164;
    }

    /** Returns the number as logs and metrics may show it: {@code +1305*****23}. */
    public String masked() {
        return masked(e164);
    }

    /** Returns the masked form of a number of which only the digits are known. */
    public static String masked(long e164) {
        String digits = Long.toString(e164);
        int shown = Math.min(4, digits.length() / 2);
        int tail = Math.min(2, digits.length() - shown);
        return "+" + digits.substring(0, shown) + "*".repeat(digits.length() - shown - tail)
                + digits.substring(digits.length() - tail);
    }

    /** Returns the record's text with the number masked, so that no number leaks into a log through it. */
    @Override
    public String toString() {
        return masked();
    }
}
