package org.paceline.sip.identity;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.NumberNotation;
import org.paceline.rules.NumberWriter;

/**
 * How a trunk wants numbers written, by whom is called.
 *
 * <p>Thread: any (immutable).
 *
 * @param form holds where no prefix fits
 * @param byPrefix by the first digits of the callee, without plus; the longest prefix counts
 * @param country ISO 3166-1 alpha-2 code of the country within which national notation is dialled; null where no form
 *     has it
 * @param userPhone whether the URIs of numbers say {@code user=phone} (RFC 3261 §19.1.1)
 */
public record NumberFormat(
        NumberForm form,
        Map<Long, NumberForm> byPrefix,
        @Nullable String country,
        boolean userPhone) {

    /** E.164 with plus for every number. */
    public static final NumberFormat E164 = new NumberFormat(NumberForm.E164, Map.of(), null, false);

    private static final NumberWriter WRITER = new NumberWriter();

    public NumberFormat {
        byPrefix = Map.copyOf(byPrefix);
        if (country == null && (isNational(form) || byPrefix.values().stream().anyMatch(NumberFormat::isNational))) {
            throw new IllegalArgumentException("country is missing: must be set where a notation is national");
        }
    }

    private static boolean isNational(NumberForm form) {
        return form.callee() == NumberNotation.NATIONAL || form.caller() == NumberNotation.NATIONAL;
    }

    /** Returns the form of a call to that number. */
    public NumberForm of(long callee) {
        for (long prefix = callee; prefix > 0; prefix /= 10) {
            NumberForm found = byPrefix.get(prefix);
            if (found != null) {
                return found;
            }
        }
        return form;
    }

    /** Returns the callee as the user part of a URI has it: {@code #} is escaped there. */
    String callee(long callee) {
        NumberForm found = of(callee);
        return found.techPrefix().replace("#", "%23") + WRITER.write(callee, found.callee(), country);
    }

    /** Returns the caller ID, or another number of ours, as a call to that callee shows it. */
    String caller(long number, long callee) {
        return WRITER.write(number, of(callee).caller(), country);
    }
}
