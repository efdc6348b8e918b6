package org.paceline.rules;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber.CountryCodeSource;
import java.util.ArrayList;
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

    /** The most digits of a second number that are surely only its end. */
    private static final int LONGEST_END = 5;

    /** Longer texts hold no number at their beginning that anybody wrote. */
    private static final int LONGEST_TEXT = 64;

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

    /**
     * Returns every number that the digits may mean, so that none is missed: all readings, and the part before a slash.
     */
    List<Phonenumber.PhoneNumber> readings(NumberText.Digits text, @Nullable String region) {
        List<Phonenumber.PhoneNumber> found = new ArrayList<>();
        collect(text.plus() ? international(text.digits()) : local(text.digits(), region), found);
        if (text.plus() ? text.digits().startsWith("0") : found.isEmpty() || !isValid(found.getFirst())) {
            collectValid(international(text.digits().replaceFirst("^0+", "")), found);
        }
        for (int i = 0; i < text.cuts().size(); i++) {
            int cut = text.cuts().get(i);
            NumberText.Digits head = head(text, cut);
            Reading first = read(head, region);
            if (!(first instanceof Reading.None)) {
                int end = i + 1 < text.cuts().size()
                        ? text.cuts().get(i + 1)
                        : text.digits().length();
                collectValid(first, found);
                collectSecond(head, text.digits().substring(cut, end), region, found);
            }
        }
        return found;
    }

    /**
     * Returns the numbers that only several parts of a cell make together: a second one of which only the last digits
     * are written ({@code 030 901820 & 21}), and one whose groups have unusual signs between them ({@code 305_555_0123}).
     */
    List<Phonenumber.PhoneNumber> together(List<NumberText.Part> parts, @Nullable String region) {
        List<Phonenumber.PhoneNumber> found = new ArrayList<>();
        NumberText.Digits first = null;
        StringBuilder joined = new StringBuilder();
        boolean isOne = parts.size() > 1;
        for (NumberText.Part part : parts) {
            NumberText.Digits digits = part.digits();
            boolean isShort = digits.digits().length() <= LONGEST_END;
            if (first != null && part.continues() && (isShort || !digits.plus())) {
                collectSecond(first, digits.digits(), region, found);
            }
            if (!(read(digits, region) instanceof Reading.None)) {
                first = digits;
                isOne = false;
            }
            isOne &= !part.isBehindWord();
            joined.append(digits.digits());
        }
        if (isOne && joined.length() <= NumberText.MOST_DIGITS) {
            NumberText.Digits one =
                    new NumberText.Digits(parts.getFirst().digits().plus(), joined.toString(), List.of());
            collectValid(read(one, region), found);
        }
        return found;
    }

    /**
     * Returns the numbers of a text that is no number as a whole but begins with one: that number, and what the digits
     * behind it may be.
     */
    List<Phonenumber.PhoneNumber> beginning(NumberText.Digits whole, String text, @Nullable String region) {
        List<Phonenumber.PhoneNumber> found = new ArrayList<>();
        if (!(read(whole, region) instanceof Reading.None)) {
            return found;
        }
        NumberText.Digits first = null;
        int least = Integer.MAX_VALUE;
        for (int end = Math.min(text.length(), LONGEST_TEXT) - 1; end > 0; end--) {
            boolean isGroupEnd = Character.isDigit(text.charAt(end - 1)) && !Character.isDigit(text.charAt(end));
            if (isGroupEnd
                    && NumberText.of(text.substring(0, end)) instanceof NumberText.Digits head
                    && !(read(head, region) instanceof Reading.None)) {
                String rest = whole.digits().substring(head.digits().length());
                boolean isSecond =
                        !(read(new NumberText.Digits(false, rest, List.of()), region) instanceof Reading.None);
                int unlike = isSecond ? Math.abs(head.digits().length() - rest.length()) : Integer.MAX_VALUE - 1;
                if (unlike < least) { // two whole numbers of a list are about as long as each other
                    least = unlike;
                    first = head;
                }
            }
        }
        if (first != null) {
            collectValid(read(first, region), found);
            collectSecond(first, whole.digits().substring(first.digits().length()), region, found);
        }
        return found;
    }

    /** Whether the digits are a number without its area code, so that they may be those of many people. */
    boolean isLocalOnly(NumberText.Digits text, @Nullable String region) {
        return !text.plus()
                && local(text.digits(), region) instanceof Reading.None(var _, var possible)
                && possible != null
                && plan.isPossibleNumberWithReason(possible) == ValidationResult.IS_POSSIBLE_LOCAL_ONLY;
    }

    /**
     * Collects the number behind a whole number and a slash: a number of its own, or the last digits of one that begins
     * like the first.
     */
    private void collectSecond(
            NumberText.Digits first, String second, @Nullable String region, List<Phonenumber.PhoneNumber> found) {
        collectValid(read(new NumberText.Digits(false, second, List.of()), region), found);
        int kept = first.digits().length() - second.length();
        if (kept > 0) {
            String sibling = first.digits().substring(0, kept) + second;
            collectValid(read(new NumberText.Digits(first.plus(), sibling, List.of()), region), found);
        }
    }

    private void collect(Reading reading, List<Phonenumber.PhoneNumber> found) {
        if (reading instanceof Reading.None(var _, var possible) && possible != null) {
            found.add(settled(possible));
        }
        collectValid(reading, found);
    }

    private static void collectValid(Reading reading, List<Phonenumber.PhoneNumber> found) {
        switch (reading) {
            case Reading.One one -> found.add(one.number);
            case Reading.Either(var national, var international) -> {
                found.add(national.number);
                found.add(international.number);
            }
            case Reading.None _ -> {}
        }
    }

    /** Reads the number again until nothing changes, because a number may have two trunk prefixes. */
    private Phonenumber.PhoneNumber settled(Phonenumber.PhoneNumber number) {
        Phonenumber.PhoneNumber again = switch (international(e164(number))) {
            case Reading.One one -> one.number;
            case Reading.Either _ -> number;
            case Reading.None(var _, var possible) -> possible == null ? number : possible;
        };
        return e164(again).equals(e164(number)) ? number : settled(again);
    }

    private boolean isValid(Phonenumber.PhoneNumber number) {
        return plan.getNumberType(number) != PhoneNumberType.UNKNOWN;
    }

    private Reading international(String digits) {
        try {
            return judged(plan.parse("+" + digits, null));
        } catch (NumberParseException e) {
            return new Reading.None(reason(e.getErrorType(), "unknown country code"), null);
        }
    }

    private Reading local(String digits, @Nullable String region) {
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
