package org.paceline.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import org.paceline.rules.NumberText.Digits;
import org.paceline.rules.NumberText.Scan;

/**
 * A part of a cell that could be a number.
 *
 * <p>Thread: any (immutable).
 *
 * @param digits its digits
 * @param before what stands between it and the part before, in lower case; empty at the front and beside a plus
 */
record NumberPart(Digits digits, String before) {
    private static final Set<String> CONNECTORS = Set.of(
            "", ",", ";", "&", "|", "~", "-", "–", "—", "、", "or", "and", "to", "oder", "und", "bis", "ou", "et", "à",
            "o", "u", "y", "e", "或", "和", "及", "至", "到");

    /** What stands before a part that is the whole text, beside shorter readings of it. */
    private static final String WHOLE = "whole";

    /** More characters between two parts are not looked at. */
    private static final int LONGEST_BETWEEN = 16;

    /** Whether it goes on with the part before, as a second number of which only the last digits may be written. */
    boolean continues() {
        return CONNECTORS.contains(before);
    }

    /** Whether a word stands before it, so that it is no group of the same number. */
    boolean isBehindWord() {
        return before.codePoints().anyMatch(Character::isLetter);
    }

    /**
     * Returns every part of a cell that could be a number, for callers that must not miss one. A part behind a word
     * that announces an extension is left out.
     */
    static List<NumberPart> of(String cell) {
        String text = withoutExponent(NumberText.unwrapped(cell));
        String whole = NumberText.withoutFraction(text);
        if (whole != null) {
            return alternatives(whole, List.of(), text);
        }
        Matcher tail = NumberText.TAIL.matcher(text);
        if (tail.matches() && NumberText.digits(tail.group(1)) >= NumberText.LEAST_DIGITS) {
            NumberPart end = new NumberPart(new Scan(tail.group(2), 0).found(), "-");
            return alternatives(tail.group(1), List.of(end), text);
        }
        return parts(text);
    }

    /** Returns the parts of a shorter reading, those behind it, and those of the whole text. */
    private static List<NumberPart> alternatives(String shorter, List<NumberPart> behind, String whole) {
        List<NumberPart> found = new ArrayList<>(parts(shorter));
        found.addAll(behind);
        parts(whole).forEach(part -> found.add(new NumberPart(part.digits, WHOLE)));
        return found;
    }

    private static List<NumberPart> parts(String text) {
        List<NumberPart> found = new ArrayList<>();
        Matcher extension = NumberText.EXTENSION.matcher(text);
        int at = 0;
        int end = 0;
        while (at < text.length()) {
            boolean inWord = at > 0 && Character.isLetter(text.charAt(at - 1));
            if (!found.isEmpty()
                    && !inWord
                    && extension.region(at, text.length()).lookingAt()) {
                at = extension.end();
                continue;
            }
            Scan scan = new Scan(text, at);
            if (!scan.digits.isEmpty() && scan.digits.length() <= NumberText.MOST_DIGITS) {
                String between = text.substring(end, Math.min(at, end + LONGEST_BETWEEN));
                found.add(new NumberPart(scan.found(), between.strip().toLowerCase(Locale.ROOT)));
                end = scan.end;
            }
            at = Math.max(scan.end, at + 1);
        }
        return found;
    }

    /**
     * Returns the whole number that a spreadsheet's or a data frame's notation with an exponent means; any other text
     * as it is.
     */
    private static String withoutExponent(String text) {
        if (NumberText.SCIENTIFIC.matcher(text).matches() && text.length() <= NumberText.MOST_DIGITS) {
            BigDecimal value = new BigDecimal(text.replace(',', '.'));
            return Math.abs(value.scale()) <= NumberText.MOST_DIGITS
                    ? value.toBigInteger().abs().toString()
                    : "";
        }
        Matcher decimal = NumberText.DECIMAL.matcher(text);
        return decimal.matches() ? decimal.group(1) : text;
    }
}
