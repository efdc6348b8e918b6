package org.paceline.rules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive numbers, as a carrier allots them.
 *
 * @param first digits of the first number in E.164 form, without {@code +}
 * @param last digits of the last number, inclusive; as many digits as the first
 */
public record NumberRange(long first, long last) {
    /** Every number; used for judging without a campaign. */
    public static final NumberRange ANY = new NumberRange(0, Long.MAX_VALUE);

    /** The form in which a file writes a range, or a single number. */
    public static final String FORM = "\\+([1-9][0-9]{2,14})(?:\\.\\.\\+([1-9][0-9]{2,14}))?";

    private static final Pattern WRITTEN = Pattern.compile(FORM);

    public NumberRange {
        if (last < first) {
            throw new IllegalArgumentException("last=" + last + ": must not be less than first=" + first);
        }
    }

    /** Parses {@code +13055550100} or {@code +13055550100..+13055550199}; returns null where the text is neither. */
    public static @Nullable NumberRange parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String first = matcher.group(1);
        String last = matcher.group(2) == null ? first : matcher.group(2);
        long from = Long.parseLong(first);
        long to = Long.parseLong(last);
        return first.length() == last.length() && from <= to ? new NumberRange(from, to) : null;
    }

    public boolean contains(long number) {
        return number >= first && number <= last;
    }

    /** Returns the range as files write it. */
    @Override
    public String toString() {
        if (equals(ANY)) {
            return "any";
        }
        return first == last ? "+" + first : "+" + first + "..+" + last;
    }
}
