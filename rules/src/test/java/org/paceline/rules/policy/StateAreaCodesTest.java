package org.paceline.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import com.google.i18n.phonenumbers.geocoding.PhoneNumberOfflineGeocoder;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.Territory;

/** Compares each state's area codes with the places that libphonenumber's geocoder gives to every area code of +1. */
class StateAreaCodesTest {
    /** Overlays in service whose place the geocoder does not know yet. */
    private static final List<String> NEWER_THAN_THE_GEOCODER = List.of("728");

    @ParameterizedTest
    @CsvSource({
        "us-fl, FL, Florida",
        "us-ok, OK, Oklahoma",
        "us-md, MD, Maryland",
        "us-wa, WA, Washington State",
        "us-ct, CT, Connecticut",
        "us-nv, NV, Nevada"
    })
    void shouldNameEveryAreaCodeOfTheState(String id, String letters, String state) {
        Territory territory = Objects.requireNonNull(
                Objects.requireNonNull(PolicyLibrary.builtIn().policy(id)).appliesTo());
        NumberPlan plan = new NumberPlan();
        TreeSet<String> named = new TreeSet<>();
        TreeSet<String> ofState = new TreeSet<>();
        for (int area = 200; area < 1000; area++) {
            if (isOfState(area, letters, state)) {
                ofState.add(String.valueOf(area));
            }
            if (plan.parse("+1" + area + "2345678", null) instanceof NumberPlan.Parsed.Valid valid
                    && isOfArea(territory, valid.number())) {
                named.add(String.valueOf(area));
            }
        }
        named.removeAll(NEWER_THAN_THE_GEOCODER);
        assertThat(named).isEqualTo(ofState).isNotEmpty();
    }

    private static boolean isOfArea(Territory territory, PhoneNumber number) {
        return switch (number.kind()) {
            case FIXED_LINE, FIXED_LINE_OR_MOBILE, MOBILE -> territory.binds(number);
            default -> false;
        };
    }

    /** An area code is the state's where the geocoder says so of most of its exchanges; some border towns share. */
    private static boolean isOfState(int area, String letters, String state) {
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        PhoneNumberOfflineGeocoder geocoder = PhoneNumberOfflineGeocoder.getInstance();
        int exchanges = 0;
        int ofState = 0;
        for (int exchange = 200; exchange < 1000; exchange += 7) {
            Phonenumber.PhoneNumber number = new Phonenumber.PhoneNumber()
                    .setCountryCode(1)
                    .setNationalNumber(area * 10_000_000L + exchange * 10_000L + 1234);
            if ("US".equals(util.getRegionCodeForNumber(number))) {
                String place = geocoder.getDescriptionForValidNumber(number, Locale.ENGLISH);
                exchanges++;
                ofState += place.equals(state) || place.endsWith(", " + letters) ? 1 : 0;
            }
        }
        return ofState * 2 > exchanges;
    }
}
