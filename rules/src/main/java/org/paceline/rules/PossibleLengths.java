package org.paceline.rules;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;

/** How many digits the national numbers of each country calling code may have. Thread: any (immutable). */
final class PossibleLengths {
    private static final int CODES = 1_000;
    private static final int MOST_DIGITS = 15;
    private static final int NANP_DIGITS = 10;
    private static final long NANP_CODE = 10_000_000_000L;

    /** By country calling code: bit n for n digits. */
    private final int[] lengths = new int[CODES];

    PossibleLengths(PhoneNumberUtil plan) {
        for (int code : plan.getSupportedCallingCodes()) {
            long number = 1;
            for (int digits = 1; digits < MOST_DIGITS; digits++) {
                if (plan.isPossibleNumber(
                        new Phonenumber.PhoneNumber().setCountryCode(code).setNationalNumber(number))) {
                    lengths[code] |= 1 << digits;
                }
                number *= 10;
            }
        }
    }

    /**
     * @param nanp whether ten digits are a national number of country code 1
     * @return 0 for anything that is not plain
     */
    long number(String text, boolean nanp) {
        boolean international = !text.isEmpty() && text.charAt(0) == '+';
        int from = international ? 1 : 0;
        int digits = text.length() - from;
        if (digits < 4 || digits > MOST_DIGITS) {
            return 0;
        }
        long number = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
        }
        if (international) {
            return isPossible(text, digits) ? number : 0;
        }
        boolean national = nanp && digits == NANP_DIGITS && text.charAt(0) >= '2';
        return national && (lengths[1] & 1 << digits) != 0 ? NANP_CODE + number : 0;
    }

    /** No calling code is the beginning of another one. */
    private boolean isPossible(String text, int digits) {
        int code = 0;
        for (int length = 1; length <= 3; length++) {
            code = code * 10 + text.charAt(length) - '0';
            if (code == 0) {
                return false;
            }
            if (lengths[code] != 0) {
                return (lengths[code] & 1 << (digits - length)) != 0;
            }
        }
        return false;
    }
}
