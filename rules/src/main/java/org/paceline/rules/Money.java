package org.paceline.rules;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.paceline.yaml.JsonKeywords;
import org.paceline.yaml.ScalarType;

/** Amounts of money in a {@code long}: micros, the millionths of the node's currency. */
public final class Money {
    private static final int DECIMALS = 6;
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,9}(\\.\\d{1,6})?");

    /** The way in which files write an amount; its value is in micros. */
    public static final ScalarType<Long> TYPE = new ScalarType<>(
                    "an amount with at most six decimals, for example 500.00", Money::parse)
            .write(Money::decimal)
            .json(JsonKeywords.of("type", List.of("number", "string"), "minimum", 0));

    private Money() {}

    /**
     * Parses an amount such as {@code 500.00} into micros, exactly.
     *
     * @throws NumberFormatException where it is not an amount of at most nine digits before and six after the point
     */
    public static long parse(String text) {
        if (!AMOUNT.matcher(text).matches()) {
            throw new NumberFormatException("amount=" + text + ": must be digits, for example 500.00");
        }
        return new BigDecimal(text).movePointRight(DECIMALS).longValueExact();
    }

    /** Returns the amount with as many decimals as it needs, at least two. */
    public static BigDecimal decimal(long micros) {
        BigDecimal amount = BigDecimal.valueOf(micros, DECIMALS).stripTrailingZeros();
        return amount.setScale(Math.max(2, amount.scale()));
    }

    /** Returns the amount as text: {@code 500.00}. */
    public static String text(long micros) {
        return decimal(micros).toPlainString();
    }
}
