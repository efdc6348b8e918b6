package org.paceline.rules;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber.CountryCodeSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the digits of a text into the number that they mean. Leads, do-not-call rows, look-ups and commands all use it.
 *
 * <p>Digits with a plus begin with the country calling code; a trunk prefix behind it ({@code +49 030…}) is dropped.
 * Digits without a plus are read as the region writes numbers: with its international prefix, with its trunk prefix, or
 * bare where it writes none. A spreadsheet drops a plus just as it drops a leading zero. So in a region that writes a
 * trunk prefix, bare digits are only certain when they are not also a number in international notation.
 *
 * <p>Thread: any.
 */
final class NumberReader {
    /** The most digits of a number (ITU-T E.164 §6.2.1). */
    private static final int MOST_DIGITS = 15;

    private final PhoneNumberUtil plan;

    NumberReader(PhoneNumberUtil plan) {
        this.plan = plan;
    }

    /** The meaning of digits. */
    sealed interface Reading {
        record One(Phonenumber.PhoneNumber number, PhoneNumberType type) implements Reading {}

        /** The digits may mean two numbers, and nothing tells which. */
        record Either(One national, One international) implements Reading {}

        /** @param possible the number that has a possible length but is in no plan, or null */
        record None(String reason, Phonenumber.@Nullable PhoneNumber possible) implements Reading {}
    }

    /** @param region the region whose national notation the digits may be in; null for none */
    Reading read(NumberText.Digits text, @Nullable String region) {
        Reading whole = text.plus() ? international(text.digits()) : local(text.digits(), region);
        return text.cuts().isEmpty() || whole instanceof Reading.None || !hasWholeHead(text, region)
                ? whole
                : new Reading.None("has more behind a number: an extension or a second number", null);
    }

    /** Whether the digits before a slash or an opening parenthesis are a whole number already. */
    private boolean hasWholeHead(NumberText.Digits text, @Nullable String region) {
        for (int cut : text.cuts()) {
            if (cut < text.digits().length() && !(read(head(text, cut), region) instanceof Reading.None)) {
                return true;
            }
        }
        return false;
    }

    static NumberText.Digits head(NumberText.Digits text, int digits) {
        return new NumberText.Digits(text.plus(), text.digits().substring(0, digits), List.of());
    }

    Reading international(String digits) {
        try {
            return judged(plan.parse("+" + digits, null));
        } catch (NumberParseException e) {
            return new Reading.None(reason(e.getErrorType(), "unknown country code"), null);
        }
    }

    Reading local(String digits, @Nullable String region) {
        if (region == null) {
            return new Reading.None("has no country code; write +… or set a default region", null);
        }
        if (!plan.getSupportedRegions().contains(region)) {
            return new Reading.None("unknown default region " + region + "; use a code such as US", null);
        }
        Phonenumber.PhoneNumber number;
        try {
            number = plan.parseAndKeepRawInput(digits, region);
        } catch (NumberParseException e) {
            return new Reading.None(reason(e.getErrorType(), "unknown country code"), null);
        }
        Reading read = judged(number);
        if (number.getCountryCodeSource() == CountryCodeSource.FROM_NUMBER_WITH_IDD) {
            return read;
        }
        return switch (read) {
            case Reading.One national -> sureOf(national, digits);
            case Reading.Either either -> either;
            case Reading.None none -> otherwise(none, digits, number.getCountryCode());
        };
    }

    /**
     * Checks a national reading: bare digits that are a number of the region may have lost a plus instead of a trunk
     * prefix.
     */
    private Reading sureOf(Reading.One national, String digits) {
        String ownCode = "0" + national.number.getCountryCode();
        if (digits.startsWith(ownCode)
                && international(digits.substring(1)) instanceof Reading.One mobile
                && mobile.type == PhoneNumberType.MOBILE) {
            return new Reading.Either(national, mobile); // 049 171 …: a zero before the country code instead of a plus
        }
        boolean bare = plan.getNationalSignificantNumber(national.number).equals(digits);
        if (bare && international(digits) instanceof Reading.One abroad) {
            boolean own = abroad.number.getCountryCode() == national.number.getCountryCode();
            if (own || !isWrittenBare(national.number)) {
                return new Reading.Either(national, abroad);
            }
        }
        return national;
    }

    /** Whether the number's region writes it without a trunk prefix. */
    private boolean isWrittenBare(Phonenumber.PhoneNumber number) {
        return PhoneNumberUtil.normalizeDigitsOnly(plan.format(number, PhoneNumberFormat.NATIONAL))
                .equals(plan.getNationalSignificantNumber(number));
    }

    /**
     * Tries other readings of digits that are no number of the region: its own country code without plus, or 00 where
     * the region has another prefix.
     */
    private Reading otherwise(Reading.None none, String digits, int countryCode) {
        if (digits.startsWith("00")) {
            return international(digits.substring(2)) instanceof Reading.One one ? one : none;
        }
        return digits.startsWith(Integer.toString(countryCode)) && international(digits) instanceof Reading.One one
                ? one
                : none;
    }

    private Reading judged(Phonenumber.PhoneNumber parsed) {
        Phonenumber.PhoneNumber number = RetiredPrefixes.without(parsed, plan.getNationalSignificantNumber(parsed));
        if (e164(number).length() > MOST_DIGITS) {
            boolean told = plan.isPossibleNumberWithReason(number) == ValidationResult.TOO_LONG;
            return new Reading.None(
                    told ? invalid(number) : "too long: a number has at most " + MOST_DIGITS + " digits", null);
        }
        // A number is valid if its plan knows its type. Finding the type is most of the work, so it is done once.
        PhoneNumberType type = plan.getNumberType(number);
        return type == PhoneNumberType.UNKNOWN
                ? new Reading.None(invalid(number), plan.isPossibleNumber(number) ? number : null)
                : new Reading.One(number, type);
    }

    /** Returns the digits without plus. */
    String e164(Phonenumber.PhoneNumber number) {
        return plan.format(number, PhoneNumberFormat.E164).substring(1);
    }

    private String invalid(Phonenumber.PhoneNumber number) {
        String where = "+" + number.getCountryCode();
        return switch (plan.isPossibleNumberWithReason(number)) {
            case TOO_SHORT -> "too short for a number of " + where;
            case TOO_LONG -> "too long for a number of " + where;
            case IS_POSSIBLE_LOCAL_ONLY -> "has no area code";
            case INVALID_LENGTH -> "wrong number of digits for a number of " + where;
            case INVALID_COUNTRY_CODE -> "unknown country code " + where;
            case IS_POSSIBLE -> "not a number of the plan of " + where;
        };
    }

    private static String reason(NumberParseException.ErrorType error, String codeUnknown) {
        return switch (error) {
            case INVALID_COUNTRY_CODE -> codeUnknown;
            case NOT_A_NUMBER -> "not a telephone number";
            case TOO_SHORT_AFTER_IDD, TOO_SHORT_NSN -> "too short";
            case TOO_LONG -> "too long";
        };
    }
}
