package org.paceline.rules;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The numbers that a policy binds: those of some countries, or of some areas of them. A number that does not show its
 * place is bound by every policy that could apply to it: a toll-free number by the policies of its country code, a
 * mobile without an area code by the policies of its country, a number of no country by all policies.
 *
 * <p>Thread: any (immutable). {@link #binds} allocates nothing.
 */
public final class Territory {
    private static final int LONGEST_NUMBER = 15;

    private final Set<String> countries;
    private final List<String> areaCodes;
    private final long[] callingCodes;
    private final long[] areas;

    /**
     * @param countries ISO 3166-1 alpha-2 codes in capitals, at least one: {@code US}
     * @param areaCodes the first digits of national numbers in the areas meant; empty for whole countries
     */
    public Territory(List<String> countries, List<String> areaCodes) {
        if (countries.isEmpty()) {
            throw new IllegalArgumentException("countries is empty: name at least one");
        }
        this.countries = Set.copyOf(countries);
        this.areaCodes = List.copyOf(areaCodes);
        PhoneNumberUtil plan = PhoneNumberUtil.getInstance();
        this.callingCodes = countries.stream()
                .mapToLong(plan::getCountryCodeForRegion)
                .distinct()
                .toArray();
        this.areas = Arrays.stream(callingCodes)
                .boxed()
                .flatMap(code -> areaCodes.stream().map(area -> code + area))
                .mapToLong(Long::parseLong)
                .sorted()
                .toArray();
    }

    /** Whether the policy binds the number. */
    public boolean binds(PhoneNumber number) {
        return switch (number.kind()) {
            case FIXED_LINE, FIXED_LINE_OR_MOBILE -> countries.contains(number.region()) && isInArea(number);
            case MOBILE -> countries.contains(number.region());
            case TOLL_FREE, PREMIUM_RATE, SHARED_COST, VOIP, PERSONAL, PAGER, UAN, VOICEMAIL, UNKNOWN ->
                number.region().equals(NumberPlan.NO_REGION) || hasCallingCode(number.e164());
        };
    }

    private boolean isInArea(PhoneNumber number) {
        return areas.length == 0 || beginsWithOneOf(number.e164(), areas);
    }

    private boolean hasCallingCode(long e164) {
        for (long code : callingCodes) {
            long leading = e164;
            for (int digit = 0; leading > code && digit < LONGEST_NUMBER; digit++) {
                leading /= 10;
            }
            if (leading == code) {
                return true;
            }
        }
        return false;
    }

    private static boolean beginsWithOneOf(long e164, long[] sorted) {
        for (long leading = e164; leading > 0; leading /= 10) {
            if (Arrays.binarySearch(sorted, leading) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns one line: {@code us (305, 786)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        new TreeSet<>(countries)
                .forEach(country ->
                        text.append(text.isEmpty() ? "" : " ").append(country.toLowerCase(java.util.Locale.ROOT)));
        if (!areaCodes.isEmpty()) {
            text.append(" (").append(String.join(", ", areaCodes)).append(')');
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Territory that && countries.equals(that.countries) && areaCodes.equals(that.areaCodes);
    }

    @Override
    public int hashCode() {
        return countries.hashCode() * 31 + areaCodes.hashCode();
    }
}
