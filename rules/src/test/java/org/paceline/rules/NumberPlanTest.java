package org.paceline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberPlanTest {
    private static final NumberPlan PLAN = new NumberPlan();

    @Test
    void shouldKnowRegionKindAndZonesOfAGeographicNumber() {
        PhoneNumber number = valid("(305) 555-0123", "US");
        assertThat(number.e164()).isEqualTo(13055550123L);
        assertThat(number.region()).isEqualTo("US");
        assertThat(number.kind()).isEqualTo(NumberKind.FIXED_LINE_OR_MOBILE);
        assertThat(number.zones()).containsExactly(ZoneId.of("America/New_York"));
    }

    @Test
    void shouldShareZoneListsBetweenNumbers() {
        assertThat(valid("+13055550123", null).zones())
                .isSameAs(valid("+13055550177", null).zones());
        assertThat(valid("+18005550123", null).zones())
                .isSameAs(valid("+18885550123", null).zones());
    }

    @Test
    void shouldTakeEveryZoneOfTheCountryCodeForATollFreeNumber() {
        assertThat(valid("+18005550123", null).zones())
                .contains(
                        ZoneId.of("America/New_York"),
                        ZoneId.of("America/Los_Angeles"),
                        ZoneId.of("Pacific/Honolulu"),
                        ZoneId.of("America/Adak"));
    }

    @Test
    void shouldTakeEveryZoneForAnAustralianMobile() {
        assertThat(valid("+61412345678", null).zones())
                .contains(ZoneId.of("Australia/Sydney"), ZoneId.of("Australia/Perth"), ZoneId.of("Australia/Adelaide"));
    }

    @Test
    void shouldTakeDarwinForEveryNumberThatMayBeThere() {
        assertThat(List.of("+61889415555", "+61882125555", "+61412345678"))
                .allSatisfy(number -> assertThat(valid(number, null).zones())
                        .contains(
                                ZoneId.of("Australia/Darwin"),
                                ZoneId.of("Australia/Adelaide"),
                                ZoneId.of("Australia/Perth")));
        assertThat(valid("+61299991234", null).zones()).containsExactly(ZoneId.of("Australia/Sydney"));
    }

    @Test
    void shouldTakeTheWorldsZonesForANumberOfNoCountry() {
        PhoneNumber number = valid("+80012345678", null);
        assertThat(number.region()).isEqualTo("001");
        assertThat(number.zones())
                .contains(ZoneId.of("Asia/Shanghai"), ZoneId.of("Europe/London"), ZoneId.of("America/Chicago"));
    }

    @Test
    void shouldTellKindsApart() {
        assertThat(valid("+33123456789", null).kind()).isEqualTo(NumberKind.FIXED_LINE);
        assertThat(valid("+8613812345678", null).kind()).isEqualTo(NumberKind.MOBILE);
        assertThat(valid("+19005550123", null).kind()).isEqualTo(NumberKind.PREMIUM_RATE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "305 555 0123 | -  | has no country code; write +… or set a default region: 3055****23",
                "+1305555     | -  | too short for a number of +1: +130**55",
                "+99912345678 | -  | unknown country code: +9991*****78",
                "Jane Doe     | US | not a telephone number",
                "+13055550123 ext. 9 | - | has an extension, which cannot be dialled: +1305******39",
                "+1305555012345678 | - | too long for a number of +1: +1305**********78",
                "5550123      | US | has no area code: 555**23",
                "305 555 0123 | ZZ | unknown default region ZZ; use a code such as US: 3055****23",
                "+10055550123 | -  | not a number of the plan of +1: +1005*****23",
            })
    void shouldSayWhatIsWrongWithoutTheNumber(String text, @Nullable String region, String reason) {
        assertThat(PLAN.parse(text, region)).isEqualTo(new NumberPlan.Parsed.Rejected(reason));
    }

    @Test
    void shouldRefuseAnEmptyText() {
        assertThat(PLAN.parse("  ", "US")).isEqualTo(new NumberPlan.Parsed.Rejected("no number"));
    }

    @Test
    void shouldReadNumberRanges() {
        assertThat(NumberRange.parse("+13055550100..+13055550199"))
                .isEqualTo(new NumberRange(13055550100L, 13055550199L));
        assertThat(NumberRange.parse("+13055550100")).hasToString("+13055550100");
        assertThat(List.of("13055550100", "+13055550199..+13055550100", "+1305..+13055550100"))
                .allSatisfy(text -> assertThat(NumberRange.parse(text)).isNull());
    }

    @Test
    void shouldFindTheZonesThatTheMapperFindsForEveryKindInEveryRegion() {
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        PhoneNumberToTimeZonesMapper mapper = PhoneNumberToTimeZonesMapper.getInstance();
        for (String region : util.getSupportedRegions()) {
            for (PhoneNumberType type : PhoneNumberType.values()) {
                Phonenumber.PhoneNumber example = util.getExampleNumberForType(region, type);
                if (example != null) {
                    assertThat(valid(util.format(example, PhoneNumberFormat.E164), null)
                                    .zones())
                            .as(region + " " + type)
                            .map(ZoneId::getId)
                            .filteredOn(zone -> !zone.equals("Australia/Darwin"))
                            .isEqualTo(mapper.getTimeZonesForNumber(example));
                }
            }
        }
    }

    private static PhoneNumber valid(String text, @Nullable String region) {
        NumberPlan.Parsed parsed = PLAN.parse(text, region);
        assertThat(parsed).isInstanceOf(NumberPlan.Parsed.Valid.class);
        return ((NumberPlan.Parsed.Valid) parsed).number();
    }
}
