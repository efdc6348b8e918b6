package org.paceline.rules;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The world's numbering plans (libphonenumber): from text to a {@link PhoneNumber} with its region, kind and every time
 * zone that it may be in. Numbers in the same zones share one list, so that millions of them stay small.
 *
 * <p>A number without a place (toll-free, premium, mobile where the plan does not tell) may be in every zone of its country
 * calling code; one of no country ({@code +800}, satellites) in every zone there is.
 *
 * <p>Thread: any.
 */
public final class NumberPlan {
    static final String NO_REGION = "001";
    /** Libphonenumber's data never names it: +61 8 is Adelaide and Perth there, though Darwin lies between them. */
    private static final String FORGOTTEN_ZONE = "Australia/Darwin";

    private static final String UNKNOWN_ZONE = PhoneNumberToTimeZonesMapper.getUnknownTimeZone();

    private final PhoneNumberUtil plan = PhoneNumberUtil.getInstance();
    private final PhoneNumberToTimeZonesMapper mapper = PhoneNumberToTimeZonesMapper.getInstance();
    private final Map<List<String>, List<ZoneId>> shared = new ConcurrentHashMap<>();
    private final Map<Integer, List<ZoneId>> zonesByCountryCode = new ConcurrentHashMap<>();
    private final Map<String, String> regionCodes = new ConcurrentHashMap<>();
    private final PossibleLengths lengths = new PossibleLengths(plan);

    /** What became of a text: a number, or the reason why it is none. */
    public sealed interface Parsed {

        record Valid(PhoneNumber number) implements Parsed {}

        /** @param reason one line that names what is wrong, with the number masked */
        record Rejected(String reason) implements Parsed {}
    }

    /**
     * Reads a number as people write it.
     *
     * @param defaultRegion ISO 3166-1 alpha-2 code of the country whose national notation the text may use; null where only
     *     the international one, with {@code +}, is right
     */
    public Parsed parse(String text, @Nullable String defaultRegion) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return new Parsed.Rejected("no number");
        }
        if (defaultRegion != null && !isRegion(defaultRegion)) {
            return new Parsed.Rejected("unknown default region " + defaultRegion + "; use a code such as US");
        }
        try {
            return judged(plan.parse(trimmed, defaultRegion), trimmed);
        } catch (NumberParseException e) {
            return new Parsed.Rejected(reason(e.getErrorType(), trimmed, defaultRegion));
        }
    }

    /**
     * Reads a number written in nothing but digits: {@code +13055550123}, or ten of them in a region of country code 1. Only
     * its country code and length are looked at, which takes a hundredth of the time of {@link #parse}.
     *
     * @return the E.164 digits as a number, or 0 where {@link #parse} must judge the text
     */
    public long possible(String text, @Nullable String defaultRegion) {
        return lengths.number(text, defaultRegion != null && plan.getCountryCodeForRegion(defaultRegion) == 1);
    }

    /** Whether it is the ISO 3166-1 alpha-2 code of a region with a numbering plan. */
    public boolean isRegion(String code) {
        return plan.getSupportedRegions().contains(code);
    }

    private Parsed judged(Phonenumber.PhoneNumber number, String text) {
        if (number.hasExtension()) {
            return new Parsed.Rejected("has an extension, which cannot be dialled: " + masked(text));
        }
        // A number is valid where its plan knows its type; finding the type is most of the work, so it is done once.
        PhoneNumberType type = plan.getNumberType(number);
        if (type == PhoneNumberType.UNKNOWN) {
            return new Parsed.Rejected(invalid(number, text));
        }
        long e164 = Long.parseLong(plan.format(number, PhoneNumberFormat.E164).substring(1));
        String region = sharedRegion(plan.getRegionCodeForNumber(number));
        return new Parsed.Valid(new PhoneNumber(e164, region, kind(type), zones(number, type)));
    }

    private String sharedRegion(@Nullable String region) {
        return region == null ? NO_REGION : regionCodes.computeIfAbsent(region, code -> code);
    }

    private List<ZoneId> zones(Phonenumber.PhoneNumber number, PhoneNumberType type) {
        if (!plan.isNumberGeographical(type, number.getCountryCode())) {
            return countryZones(number.getCountryCode());
        }
        List<String> names = mapper.getTimeZonesForGeographicalNumber(number);
        List<ZoneId> zones = shared.computeIfAbsent(names, NumberPlan::zoneIds);
        return zones.isEmpty() ? countryZones(number.getCountryCode()) : zones;
    }

    private List<ZoneId> countryZones(int countryCode) {
        List<ZoneId> known = zonesByCountryCode.get(countryCode);
        if (known == null) {
            List<ZoneId> found = shared.computeIfAbsent(countryZoneNames(countryCode), NumberPlan::zoneIds);
            known = found.isEmpty() ? everyZone() : found;
            zonesByCountryCode.put(countryCode, known);
        }
        return known;
    }

    /** One digit is no area code in most countries, and then matches the country as a whole; in the others all of them do. */
    private List<String> countryZoneNames(int countryCode) {
        TreeSet<String> names = new TreeSet<>();
        for (int digit = 0; digit <= 9; digit++) {
            names.addAll(mapper.getTimeZonesForGeographicalNumber(
                    new Phonenumber.PhoneNumber().setCountryCode(countryCode).setNationalNumber(digit)));
        }
        return List.copyOf(names);
    }

    private List<ZoneId> everyZone() {
        TreeSet<String> names = new TreeSet<>();
        plan.getSupportedCallingCodes().forEach(code -> names.addAll(countryZoneNames(code)));
        return shared.computeIfAbsent(List.copyOf(names), NumberPlan::zoneIds);
    }

    /** A copy that {@link PhoneNumber} takes as it is. */
    private static List<ZoneId> zoneIds(List<String> names) {
        return List.copyOf(names.stream()
                .flatMap(name -> name.equals("Australia/Adelaide") ? Stream.of(name, FORGOTTEN_ZONE) : Stream.of(name))
                .filter(name -> !name.equals(UNKNOWN_ZONE))
                .flatMap(NumberPlan::zoneId)
                .toList());
    }

    /** None for a zone that this Java runtime's time-zone data does not know. */
    private static Stream<ZoneId> zoneId(String name) {
        return ZoneId.getAvailableZoneIds().contains(name) ? Stream.of(ZoneId.of(name)) : Stream.empty();
    }

    private static NumberKind kind(PhoneNumberType type) {
        return switch (type) {
            case FIXED_LINE -> NumberKind.FIXED_LINE;
            case MOBILE -> NumberKind.MOBILE;
            case FIXED_LINE_OR_MOBILE -> NumberKind.FIXED_LINE_OR_MOBILE;
            case TOLL_FREE -> NumberKind.TOLL_FREE;
            case PREMIUM_RATE -> NumberKind.PREMIUM_RATE;
            case SHARED_COST -> NumberKind.SHARED_COST;
            case VOIP -> NumberKind.VOIP;
            case PERSONAL_NUMBER -> NumberKind.PERSONAL;
            case PAGER -> NumberKind.PAGER;
            case UAN -> NumberKind.UAN;
            case VOICEMAIL -> NumberKind.VOICEMAIL;
            case UNKNOWN -> NumberKind.UNKNOWN;
        };
    }

    private String invalid(Phonenumber.PhoneNumber number, String text) {
        String where = "+" + number.getCountryCode();
        String shown = ": " + masked(text);
        return switch (plan.isPossibleNumberWithReason(number)) {
            case TOO_SHORT -> "too short for a number of " + where + shown;
            case TOO_LONG -> "too long for a number of " + where + shown;
            case IS_POSSIBLE_LOCAL_ONLY -> "has no area code" + shown;
            case INVALID_LENGTH -> "wrong number of digits for a number of " + where + shown;
            case INVALID_COUNTRY_CODE -> "unknown country code " + where + shown;
            case IS_POSSIBLE -> "not a number of the plan of " + where + shown;
        };
    }

    private static String reason(NumberParseException.ErrorType error, String text, @Nullable String defaultRegion) {
        String shown = ": " + masked(text);
        return switch (error) {
            case INVALID_COUNTRY_CODE ->
                defaultRegion == null && !text.startsWith("+")
                        ? "has no country code; write +… or set a default region" + shown
                        : "unknown country code" + shown;
            case NOT_A_NUMBER -> "not a telephone number";
            case TOO_SHORT_AFTER_IDD, TOO_SHORT_NSN -> "too short" + shown;
            case TOO_LONG -> "too long" + shown;
        };
    }

    /** At most the first four and the last two digits of a text that may hold a number. */
    private static String masked(String text) {
        String digits = text.replaceAll("\\D", "");
        int shown = Math.min(4, digits.length() / 2);
        int tail = Math.min(2, digits.length() - shown);
        return (text.startsWith("+") ? "+" : "")
                + digits.substring(0, shown)
                + "*".repeat(Math.max(0, Math.min(12, digits.length() - shown - tail)))
                + digits.substring(digits.length() - tail);
    }
}
