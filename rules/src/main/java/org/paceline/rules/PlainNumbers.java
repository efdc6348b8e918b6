package org.paceline.rules;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneMetadata;
import com.google.i18n.phonenumbers.Phonenumber;
import com.google.i18n.phonenumbers.metadata.DefaultMetadataDependenciesProvider;
import com.google.i18n.phonenumbers.metadata.source.MetadataSource;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises, in a hundredth of libphonenumber's time, numbers in which libphonenumber would change no digit: {@code +}
 * and digits of a possible length that do not begin with a trunk prefix of their country ({@code +49030…} is a number
 * that it would change).
 *
 * <p>Thread: any.
 */
final class PlainNumbers {
    private static final int CODES = 1_000;
    private static final int MOST_DIGITS = 15;
    private static final int NANP_DIGITS = 10;
    private static final long NANP_CODE = 10_000_000_000L;
    /** How many digits behind the calling code are looked at for a trunk prefix. */
    private static final int PREFIX_DIGITS = 3;

    private static final int PREFIXES = 1_000;

    private final PhoneNumberUtil plan;
    private final MetadataSource metadata =
            DefaultMetadataDependenciesProvider.getInstance().getPhoneNumberMetadataSource();

    /** The possible lengths by country calling code: bit n for n digits. */
    private final int[] lengths = new int[CODES];

    /**
     * The beginnings, by country calling code, that may hold something that libphonenumber takes away; filled when
     * first needed.
     */
    private final AtomicReferenceArray<BitSet> changed = new AtomicReferenceArray<>(CODES);

    /** Whether ten digits are a whole national number, by region. */
    private final Map<String, Boolean> tenDigitRegions = new ConcurrentHashMap<>();

    PlainNumbers(PhoneNumberUtil plan) {
        this.plan = plan;
        for (int code : plan.getSupportedCallingCodes()) {
            long number = 1;
            for (int digits = 1; digits < MOST_DIGITS; digits++) {
                if (plan.isPossibleNumber(
                        new Phonenumber.PhoneNumber().setCountryCode(code).setNationalNumber(number))) {
                    lengths[code] |= 1 << digits;
                }
                number *= 10;
            }
            lengths[code] &= RetiredPrefixes.lengthsWithout(code);
        }
    }

    /** Whether {@link #number} reads ten digits without plus as a number of country code 1 in that region. */
    boolean hasTenDigits(String region) {
        return tenDigitRegions.computeIfAbsent(
                region,
                code -> plan.getSupportedRegions().contains(code)
                        && plan.getCountryCodeForRegion(code) == 1
                        && "1".equals(metadata.getMetadataForRegion(code).getNationalPrefixForParsing()));
    }

    /**
     * @param tenDigits whether ten digits are a national number of country code 1
     * @return the E.164 digits, or 0 for any text that must be looked at closely
     */
    long number(String text, boolean tenDigits) {
        boolean international = !text.isEmpty() && text.charAt(0) == '+';
        int from = international ? 1 : 0;
        int digits = text.length() - from;
        if (digits < 4 || digits > MOST_DIGITS) {
            return 0;
        }
        long number = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
        }
        if (international) {
            return stays(text, digits) ? number : 0;
        }
        if (!tenDigits) {
            return 0;
        }
        if (digits == NANP_DIGITS + 1) {
            return text.charAt(0) == '1' && isNanp(text, 1) ? number : 0;
        }
        return digits == NANP_DIGITS && isNanp(text, 0) ? NANP_CODE + number : 0;
    }

    /** Whether the digits fit the North American plan, in which area code and exchange begin with 2 to 9. */
    private static boolean isNanp(String text, int from) {
        return text.charAt(from) >= '2' && text.charAt(from + 3) >= '2';
    }

    /** Whether libphonenumber would change no digit. No calling code is the beginning of another one. */
    private boolean stays(String text, int digits) {
        int code = 0;
        for (int length = 1; length <= 3; length++) {
            code = code * 10 + text.charAt(length) - '0';
            if (code == 0) {
                return false;
            }
            if (lengths[code] != 0) {
                int national = digits - length;
                return (lengths[code] & 1 << national) != 0
                        && national >= PREFIX_DIGITS
                        && !changed(code).get(prefix(text, length + 1));
            }
        }
        return false;
    }

    private static int prefix(String text, int from) {
        return (text.charAt(from) - '0') * 100 + (text.charAt(from + 1) - '0') * 10 + text.charAt(from + 2) - '0';
    }

    private BitSet changed(int code) {
        BitSet known = changed.get(code);
        if (known == null) {
            known = prefixes(code);
            changed.set(code, known);
        }
        return known;
    }

    @SuppressWarnings("JdkObsolete") // only hitEnd() tells that more digits may make a match
    private BitSet prefixes(int code) {
        String region = plan.getRegionCodeForCountryCode(code);
        PhoneMetadata country = region.equals(NumberPlan.NO_REGION)
                ? metadata.getMetadataForNonGeographicalRegion(code)
                : metadata.getMetadataForRegion(region);
        BitSet prefixes = new BitSet(PREFIXES);
        String trunk = country.getNationalPrefixForParsing();
        if (!trunk.isEmpty()) {
            Matcher matcher = Pattern.compile(trunk).matcher("");
            for (int i = 0; i < PREFIXES; i++) {
                String beginning = String.valueOf(PREFIXES + i).substring(1);
                // The pattern may have run into the end; then further digits may complete it.
                prefixes.set(i, matcher.reset(beginning).lookingAt() || matcher.hitEnd());
            }
        }
        return prefixes;
    }
}
