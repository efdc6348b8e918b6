package org.paceline.rules;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbers as carriers want them. What is written always is the number that was given: a national notation that
 * would not be read as that number again, that a country does not have, or that would be a short code ({@code +49110}),
 * is replaced by E.164 with plus.
 *
 * <p>Thread: any.
 */
public final class NumberWriter {
    private final PhoneNumberUtil plan = PhoneNumberUtil.getInstance();

    /**
     * Returns digits, with a plus in front where the notation has one.
     *
     * @param e164 digits without plus
     * @param country ISO 3166-1 alpha-2 code of the country within which {@link NumberNotation#NATIONAL} is dialled;
     *     null where that notation is not asked for
     */
    public String write(long e164, NumberNotation notation, @Nullable String country) {
        return switch (notation) {
            case E164 -> "+" + e164;
            case E164_BARE -> Long.toString(e164);
            case E164_00 -> "00" + e164;
            case NATIONAL -> country == null ? "+" + e164 : dialledWithin(country, e164);
        };
    }

    private String dialledWithin(String country, long e164) {
        try {
            Phonenumber.PhoneNumber number = plan.parse("+" + e164, null);
            if (!plan.isValidNumber(number)) {
                return "+" + e164;
            }
            String text = number.getCountryCode() == plan.getCountryCodeForRegion(country)
                    ? plan.format(number, PhoneNumberFormat.NATIONAL)
                    : plan.formatOutOfCountryCallingNumber(number, country);
            String digits = PhoneNumberUtil.normalizeDigitsOnly(text);
            boolean isSame = plan.format(plan.parse(digits, country), PhoneNumberFormat.E164)
                    .equals("+" + e164);
            return isSame ? digits : "+" + e164;
        } catch (NumberParseException _) {
            return "+" + e164;
        }
    }
}
