package org.paceline.rules;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.NumberReader.Reading;

/**
 * Finds every number that a text may mean, so that a do-not-call row misses none: other readings of its digits, several
 * numbers in one cell, second numbers of which only the last digits are written.
 *
 * <p>Thread: any.
 */
final class NumberReadings {
    /** The most digits of a second number that are surely only its end. */
    private static final int LONGEST_END = 5;

    /** Longer texts hold no number at their beginning that anybody wrote. */
    private static final int LONGEST_TEXT = 64;

    private final PhoneNumberUtil plan;
    private final NumberReader reader;

    NumberReadings(PhoneNumberUtil plan, NumberReader reader) {
        this.plan = plan;
        this.reader = reader;
    }

    /**
     * Returns every number that the digits may mean, so that none is missed: all readings, and the part before a slash.
     */
    List<Phonenumber.PhoneNumber> of(NumberText.Digits text, @Nullable String region) {
        List<Phonenumber.PhoneNumber> found = new ArrayList<>();
        collect(text.plus() ? reader.international(text.digits()) : reader.local(text.digits(), region), found);
        if (text.plus() ? text.digits().startsWith("0") : found.isEmpty() || !isValid(found.getFirst())) {
            collectValid(reader.international(text.digits().replaceFirst("^0+", "")), found);
        }
        for (int i = 0; i < text.cuts().size(); i++) {
            int cut = text.cuts().get(i);
            NumberText.Digits head = NumberReader.head(text, cut);
            Reading first = reader.read(head, region);
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

    /** Whether one of the parts is a number by itself, and not only digits of a possible length. */
    boolean hasNumber(List<NumberPart> parts, @Nullable String region) {
        return parts.stream().anyMatch(part -> !(reader.read(part.digits(), region) instanceof Reading.None));
    }

    /**
     * Returns the numbers that only several parts of a cell make together: a second one of which only the last digits
     * are written ({@code 030 901820 & 21}), and one whose groups have unusual signs between them ({@code 305_555_0123}).
     */
    List<Phonenumber.PhoneNumber> together(List<NumberPart> parts, @Nullable String region) {
        List<Phonenumber.PhoneNumber> found = new ArrayList<>();
        NumberText.Digits first = null;
        StringBuilder joined = new StringBuilder();
        boolean isOne = parts.size() > 1;
        for (NumberPart part : parts) {
            NumberText.Digits digits = part.digits();
            boolean isShort = digits.digits().length() <= LONGEST_END;
            if (first != null && part.continues() && (isShort || !digits.plus())) {
                collectSecond(first, digits.digits(), region, found);
            }
            if (!(reader.read(digits, region) instanceof Reading.None)) {
                first = digits;
                isOne = false;
            }
            isOne &= !part.isBehindWord();
            joined.append(digits.digits());
        }
        if (isOne && joined.length() <= NumberText.MOST_DIGITS) {
            NumberText.Digits one =
                    new NumberText.Digits(parts.getFirst().digits().plus(), joined.toString(), List.of());
            collectValid(reader.read(one, region), found);
        }
        return found;
    }

    /**
     * Returns the numbers of a text that is no number as a whole but begins with one: that number, and what the digits
     * behind it may be.
     */
    List<Phonenumber.PhoneNumber> beginning(NumberText.Digits whole, String text, @Nullable String region) {
        List<Phonenumber.PhoneNumber> found = new ArrayList<>();
        if (!(reader.read(whole, region) instanceof Reading.None)) {
            return found;
        }
        NumberText.Digits first = null;
        int least = Integer.MAX_VALUE;
        for (int end = Math.min(text.length(), LONGEST_TEXT) - 1; end > 0; end--) {
            boolean isGroupEnd = Character.isDigit(text.charAt(end - 1)) && !Character.isDigit(text.charAt(end));
            if (isGroupEnd
                    && NumberText.of(text.substring(0, end)) instanceof NumberText.Digits head
                    && !(reader.read(head, region) instanceof Reading.None)) {
                String rest = whole.digits().substring(head.digits().length());
                boolean isSecond =
                        !(reader.read(new NumberText.Digits(false, rest, List.of()), region) instanceof Reading.None);
                int unlike = isSecond ? Math.abs(head.digits().length() - rest.length()) : Integer.MAX_VALUE - 1;
                if (unlike < least) { // two whole numbers of a list are about as long as each other
                    least = unlike;
                    first = head;
                }
            }
        }
        if (first != null) {
            collectValid(reader.read(first, region), found);
            collectSecond(first, whole.digits().substring(first.digits().length()), region, found);
        }
        return found;
    }

    /** Whether the digits are a number without its area code, so that they may be those of many people. */
    boolean isLocalOnly(NumberText.Digits text, @Nullable String region) {
        return !text.plus()
                && reader.local(text.digits(), region) instanceof Reading.None(var _, var possible)
                && possible != null
                && plan.isPossibleNumberWithReason(possible) == ValidationResult.IS_POSSIBLE_LOCAL_ONLY;
    }

    /**
     * Collects the number behind a whole number and a slash: a number of its own, or the last digits of one that begins
     * like the first.
     */
    private void collectSecond(
            NumberText.Digits first, String second, @Nullable String region, List<Phonenumber.PhoneNumber> found) {
        collectValid(reader.read(new NumberText.Digits(false, second, List.of()), region), found);
        int kept = first.digits().length() - second.length();
        if (kept > 0) {
            String sibling = first.digits().substring(0, kept) + second;
            collectValid(reader.read(new NumberText.Digits(first.plus(), sibling, List.of()), region), found);
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
            case Reading.One one -> found.add(one.number());
            case Reading.Either(var national, var international) -> {
                found.add(national.number());
                found.add(international.number());
            }
            case Reading.None _ -> {}
        }
    }

    /** Reads the number again until nothing changes, because a number may have two trunk prefixes. */
    private Phonenumber.PhoneNumber settled(Phonenumber.PhoneNumber number) {
        Phonenumber.PhoneNumber again = switch (reader.international(reader.e164(number))) {
            case Reading.One one -> one.number();
            case Reading.Either _ -> number;
            case Reading.None(var _, var possible) -> possible == null ? number : possible;
        };
        return reader.e164(again).equals(reader.e164(number)) ? number : settled(again);
    }

    private boolean isValid(Phonenumber.PhoneNumber number) {
        return plan.getNumberType(number) != PhoneNumberType.UNKNOWN;
    }
}
