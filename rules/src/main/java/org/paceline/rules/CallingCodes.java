package org.paceline.rules;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Set;

/**
 * Country calling codes (ITU-T E.164).
 *
 * <p>Thread: any.
 */
public final class CallingCodes {
    private static final Set<Integer> ALL =
            Set.copyOf(PhoneNumberUtil.getInstance().getSupportedCallingCodes());
    private static final int LONGEST = 3;

    private CallingCodes() {}

    /**
     * Returns how many digits the calling code has that a number begins with: 1 to 3; 3 for a number of no known code.
     *
     * @param e164 digits without plus
     */
    public static int digitsOf(long e164) {
        String digits = Long.toString(e164);
        for (int length = 1; length < LONGEST && length <= digits.length(); length++) {
            if (ALL.contains(Integer.valueOf(digits.substring(0, length)))) {
                return length;
            }
        }
        return LONGEST;
    }
}
