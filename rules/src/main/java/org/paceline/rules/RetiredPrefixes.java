package org.paceline.rules;

import com.google.i18n.phonenumbers.Phonenumber;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prefixes that numbers once had, that are still found in lists, and that libphonenumber no longer knows.
 *
 * <p>Mexico: {@code 01}, {@code 044} and {@code 045} at home and {@code 1} behind +52 were abolished on 3 August 2019
 * (Instituto Federal de Telecomunicaciones, Plan Técnico Fundamental de Numeración); numbers have ten digits since.
 *
 * <p>Thread: any.
 */
final class RetiredPrefixes {
    private static final int MEXICO = 52;
    private static final int MEXICAN_DIGITS = 10;
    private static final Pattern MEXICAN = Pattern.compile("(?:0?1|04[45])([2-9]\\d{9})");

    private RetiredPrefixes() {}

    /** Returns, as bits, the lengths in digits of national numbers that cannot have such a prefix. */
    static int lengthsWithout(int countryCode) {
        return countryCode == MEXICO ? (1 << (MEXICAN_DIGITS + 1)) - 1 : -1;
    }

    /** @return the number without such a prefix; the same number where it has none */
    static Phonenumber.PhoneNumber without(Phonenumber.PhoneNumber number, String national) {
        if (number.getCountryCode() != MEXICO) {
            return number;
        }
        Matcher mexican = MEXICAN.matcher(national);
        return mexican.matches()
                ? new Phonenumber.PhoneNumber()
                        .setCountryCode(MEXICO)
                        .setNationalNumber(Long.parseLong(mexican.group(1)))
                        .setCountryCodeSource(number.getCountryCodeSource())
                : number;
    }
}
