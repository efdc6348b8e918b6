package org.paceline.sip.identity;

import org.paceline.rules.NumberNotation;

/**
 * The form of a call's two numbers.
 *
 * @param callee notation in Request-URI and To
 * @param caller notation of the caller ID
 * @param techPrefix what stands in front of the callee: at most 16 digits, {@code *} and {@code #}; empty for nothing
 */
public record NumberForm(NumberNotation callee, NumberNotation caller, String techPrefix) {

    /** E.164 with plus, as RFC 3966 has it. */
    public static final NumberForm E164 = new NumberForm(NumberNotation.E164, NumberNotation.E164, "");

    /** The form of a tech prefix that is there. */
    public static final String TECH_PREFIX = "[0-9*#]{1,16}";

    public NumberForm {
        if (!techPrefix.isEmpty() && !techPrefix.matches(TECH_PREFIX)) {
            throw new IllegalArgumentException("techPrefix=" + techPrefix + ": must be at most 16 digits, '*' and '#'");
        }
    }
}
