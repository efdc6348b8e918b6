package org.paceline.daemon.logging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds telephone numbers in text for people and masks them: {@code +1305*****23}. Code that logs masks its numbers
 * itself; this is a safety net, for messages of libraries and texts of exceptions. Numbers are recognised by a {@code
 * +}, or by being in a SIP or TEL URI, so that ids and times stay whole.
 *
 * <p>Thread: any.
 */
public final class NumberMask {
    private static final Pattern NUMBER = Pattern.compile("(?<=\\+|\\bsips?:|\\btel:)[0-9]{7,15}(?![0-9])");

    private NumberMask() {}

    /** Returns the text with every telephone number in it masked. */
    public static String mask(String text) {
        if (text.indexOf('+') < 0 && text.indexOf(':') < 0) {
            return text;
        }
        Matcher found = NUMBER.matcher(text);
        if (!found.find()) {
            return text;
        }
        return found.replaceAll(match -> masked(match.group()));
    }

    /** Masks in the same form as {@link org.paceline.rules.PhoneNumber#masked()}. */
    private static String masked(String digits) {
        int shown = Math.min(4, digits.length() / 2);
        int tail = Math.min(2, digits.length() - shown);
        return digits.substring(0, shown)
                + "*".repeat(digits.length() - shown - tail)
                + digits.substring(digits.length() - tail);
    }
}
