package org.paceline.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The content of a cell that should hold one telephone number: the number's digits, or what is wrong with the cell.
 *
 * <p>A number is digits of any script and the usual separators between them: spaces of every width, hyphens and dashes,
 * dots, slashes, parentheses, brackets; a plus in front of the first digit; {@code tel:} in front of everything (RFC
 * 3966 §3). Invisible marks that copying leaves behind are skipped, and so are the quotes and apostrophes with which
 * spreadsheets mark a cell as text. Letters are never keypad digits.
 *
 * <p>Thread: any (immutable).
 */
sealed interface NumberText {
    /**
     * The most digits that are read, more than any number has with its international prefix and trunk prefix; a longer
     * text is no number.
     */
    int MOST_DIGITS = 32;

    /**
     * A cell with nothing but a number.
     *
     * @param plus whether a plus stood in front, so that the digits begin with the country calling code
     * @param digits ASCII digits, at least one
     * @param cuts how many digits stood before each slash and before each opening parenthesis, except one at the front
     */
    record Digits(boolean plus, String digits, List<Integer> cuts) implements NumberText {}

    /** A cell with a number and something else, or with no number at all. */
    record Other(Fault fault) implements NumberText {}

    /** The fault of a text that is not just a number; {@link #reason} is for people. */
    enum Fault {
        EMPTY("no number"),
        NO_NUMBER("not a telephone number"),
        EXTENSION("has an extension, which cannot be dialled"),
        LETTERS("has letters beside the number; write the number alone"),
        SEVERAL("has more than one number; write one in a row"),
        SCIENTIFIC("is in scientific notation, which has lost digits; format the column as text"),
        DECIMAL("is a decimal number; format the column as text"),
        RANGE("may be a range of numbers, or have an extension; write one number in a row"),
        PLUS("has a plus that is not in front"),
        CONTEXT("is a local number with a context; write +…"),
        SIGNS("has signs in it that are no part of a number"),
        TOO_LONG("too long");

        final String reason;

        Fault(String reason) {
            this.reason = reason;
        }
    }

    Pattern SCIENTIFIC = Pattern.compile("[+-]?\\d(?:[.,]\\d*)?[eE][+-]?\\d+");
    Pattern DECIMAL = Pattern.compile("(\\+?\\d{7,})[.,](\\d{1,3})");
    Pattern EXTENSION = Pattern.compile(
            "\\s*[;,(]?\\s*(?:x|ext|extn|extension|anexo|interno?|durchwahl|dw|poste|int|ramal|доб|内线|分机)[.:=\\s]*#?\\s*\\d{1,9}\\s*\\)?"
                    + "|\\s*#\\s*\\d{1,9}",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** A digit or zeros behind the last dot or comma, as a spreadsheet's or a data frame's number has them. */
    Pattern FRACTION = Pattern.compile("(.*)[.,](\\d|0{2,3})");

    /** One or two digits behind a dash that stands alone. */
    Pattern TAIL = Pattern.compile("([^\\p{Pd}]*)(?:\\s\\p{Pd}\\s+|[–—])(\\d{1,2})");

    /** The least digits before a fraction or tail that may be a whole number. */
    int LEAST_DIGITS = 7;

    /** Reads a cell. */
    static NumberText of(String cell) {
        String text = unwrapped(cell);
        if (text.isEmpty()) {
            return new Other(Fault.EMPTY);
        }
        if (SCIENTIFIC.matcher(text).matches()) {
            return new Other(Fault.SCIENTIFIC);
        }
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            if (!decimal.group(2).chars().allMatch(c -> c == '0')) {
                return new Other(Fault.DECIMAL);
            }
            text = decimal.group(1);
        }
        if (withoutFraction(text) != null) {
            return new Other(Fault.DECIMAL);
        }
        if (hasTail(text)) {
            return new Other(Fault.RANGE);
        }
        Scan scan = new Scan(text, 0);
        if (scan.end < text.length()) {
            return new Other(scan.digits.isEmpty() ? withoutNumber(text) : beside(text.substring(scan.end)));
        }
        if (scan.digits.isEmpty()) {
            return new Other(Fault.NO_NUMBER);
        }
        return scan.digits.length() > MOST_DIGITS ? new Other(Fault.TOO_LONG) : scan.found();
    }

    /** Returns what stands before a fraction, or null where the text has none. */
    static @Nullable String withoutFraction(String text) {
        Matcher fraction = FRACTION.matcher(text);
        if (!fraction.matches()) {
            return null;
        }
        String whole = fraction.group(1);
        boolean hasGroups = whole.indexOf('.') >= 0; // then two or three zeros may be the last of them
        return digits(whole) >= LEAST_DIGITS && (fraction.group(2).length() == 1 || !hasGroups) ? whole : null;
    }

    private static boolean hasTail(String text) {
        Matcher tail = TAIL.matcher(text);
        return tail.matches() && digits(tail.group(1)) >= LEAST_DIGITS;
    }

    static long digits(String text) {
        return text.chars().filter(Character::isDigit).count();
    }

    private static Fault withoutNumber(String text) {
        if (text.codePoints().noneMatch(Character::isDigit)) {
            return Fault.NO_NUMBER;
        }
        return text.codePoints().anyMatch(Character::isLetter) ? Fault.LETTERS : Fault.SIGNS;
    }

    private static Fault beside(String rest) {
        if (EXTENSION.matcher(rest).matches()) {
            return Fault.EXTENSION;
        }
        if (rest.toLowerCase(Locale.ROOT).contains("phone-context")) {
            return Fault.CONTEXT;
        }
        if (rest.codePoints().filter(Character::isDigit).count() >= 5) {
            return Fault.SEVERAL;
        }
        if (rest.codePoints().anyMatch(Character::isLetter)) {
            return Fault.LETTERS;
        }
        return rest.indexOf('+') >= 0 || rest.indexOf('＋') >= 0 ? Fault.PLUS : Fault.SIGNS;
    }

    /**
     * Returns the text without everything that surrounds a number in files: space, invisible marks, {@code ="…"},
     * quotes, an apostrophe, {@code tel:}.
     */
    static String unwrapped(String cell) {
        String text = stripped(cell);
        if (text.length() > 3 && text.startsWith("=\"") && text.endsWith("\"")) {
            text = stripped(text.substring(2, text.length() - 1));
        }
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            text = stripped(text.substring(1, text.length() - 1));
        }
        if (text.startsWith("'")) {
            text = stripped(
                    text.substring(1, text.endsWith("'") && text.length() > 1 ? text.length() - 1 : text.length()));
        }
        return text.regionMatches(true, 0, "tel:", 0, 4) ? stripped(text.substring(4)) : text;
    }

    private static String stripped(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || isInvisible(c) || Character.isISOControl(c);
    }

    /** Whether the character is invisible: a mark of direction, a joiner, a byte-order mark, a soft hyphen. */
    private static boolean isInvisible(int c) {
        return Character.getType(c) == Character.FORMAT;
    }

    /** Scans the longest beginning of a text that is nothing but a number. */
    final class Scan {
        final StringBuilder digits = new StringBuilder();
        final List<Integer> cuts = new ArrayList<>(2);
        boolean plus;
        /** The index of the first character that belongs to no number. */
        final int end;

        Scan(String text, int from) {
            int at = from;
            while (at < text.length() && take(text.codePointAt(at))) {
                at += Character.charCount(text.codePointAt(at));
            }
            this.end = at;
        }

        private boolean take(int c) {
            int digit = Character.digit(c, 10);
            if (digit >= 0) {
                digits.append((char) ('0' + digit));
                return true;
            }
            if (c == '+' || c == '＋' || c == '﹢') {
                boolean first = digits.isEmpty() && !plus;
                plus |= first;
                return first;
            }
            if (isCut(c)) {
                if (!digits.isEmpty()) {
                    cuts.add(digits.length());
                }
                return true;
            }
            return isSeparator(c);
        }

        private static boolean isCut(int c) {
            return switch (c) {
                case '/', '／', '⁄', '∕', '(', '（', '[', '［' -> true;
                default -> false;
            };
        }

        private boolean isSeparator(int c) {
            return switch (c) {
                case ')', '）', ']', '］', '\t' -> true;
                case '.', '．', '·', '・', '‧', '−', 'ー', 'ｰ' -> !digits.isEmpty();
                default ->
                    (Character.isSpaceChar(c) && c != '\u2028' && c != '\u2029')
                            || (Character.getType(c) == Character.DASH_PUNCTUATION && !digits.isEmpty())
                            || isInvisible(c);
            };
        }

        Digits found() {
            return new Digits(plus, digits.toString(), List.copyOf(cuts));
        }
    }
}
