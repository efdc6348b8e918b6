package org.paceline.rules;

import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Finds every time zone that a number may be in. Numbers in the same zones share one list, so that millions of them
 * stay small.
 *
 * <p>Thread: any.
 */
final class NumberZones {
    /**
     * A zone that libphonenumber's data never names: +61 8 is Adelaide and Perth there, although Darwin lies between
     * them.
     */
    private static final String FORGOTTEN_ZONE = "Australia/Darwin";

    private static final String UNKNOWN_ZONE = PhoneNumberToTimeZonesMapper.getUnknownTimeZone();

    private final PhoneNumberUtil plan;
    private final PhoneNumberToTimeZonesMapper mapper = PhoneNumberToTimeZonesMapper.getInstance();
    private final Map<List<String>, List<ZoneId>> shared = new ConcurrentHashMap<>();
    private final Map<Integer, List<ZoneId>> zonesByCountryCode = new ConcurrentHashMap<>();

    NumberZones(PhoneNumberUtil plan) {
        this.plan = plan;
    }

    List<ZoneId> of(Phonenumber.PhoneNumber number, PhoneNumberType type) {
        if (!plan.isNumberGeographical(type, number.getCountryCode())) {
            return countryZones(number.getCountryCode());
        }
        List<String> names = mapper.getTimeZonesForGeographicalNumber(number);
        List<ZoneId> zones = shared.computeIfAbsent(names, NumberZones::zoneIds);
        return zones.isEmpty() ? countryZones(number.getCountryCode()) : zones;
    }

    private List<ZoneId> countryZones(int countryCode) {
        List<ZoneId> known = zonesByCountryCode.get(countryCode);
        if (known == null) {
            List<ZoneId> found = shared.computeIfAbsent(countryZoneNames(countryCode), NumberZones::zoneIds);
            known = found.isEmpty() ? everyZone() : found;
            zonesByCountryCode.put(countryCode, known);
        }
        return known;
    }

    /**
     * Returns the zones of a whole country. In most countries one digit is no area code, and so matches the country as
     * a whole; in the others the ten digits together do.
     */
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
        return shared.computeIfAbsent(List.copyOf(names), NumberZones::zoneIds);
    }

    /** Returns the zones in a copy that {@link PhoneNumber} takes as it is. */
    private static List<ZoneId> zoneIds(List<String> names) {
        return List.copyOf(names.stream()
                .flatMap(name -> name.equals("Australia/Adelaide") ? Stream.of(name, FORGOTTEN_ZONE) : Stream.of(name))
                .filter(name -> !name.equals(UNKNOWN_ZONE))
                .flatMap(NumberZones::zoneId)
                .toList());
    }

    /** Returns the zone, or none where this Java runtime's time-zone data does not know it. */
    private static Stream<ZoneId> zoneId(String name) {
        return ZoneId.getAvailableZoneIds().contains(name) ? Stream.of(ZoneId.of(name)) : Stream.empty();
    }
}
