package org.paceline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberWriterTest {
    private final NumberWriter writer = new NumberWriter();
    private final PhoneNumberUtil plan = PhoneNumberUtil.getInstance();

    @ParameterizedTest
    @CsvSource({"E164, +4930901820", "E164_BARE, 4930901820", "E164_00, 004930901820"})
    void shouldWriteTheInternationalNotations(NumberNotation notation, String written) {
        assertThat(writer.write(4930901820L, notation, null)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "DE, 4930901820,    030901820",
        "DE, 491712345678,  01712345678",
        "DE, 499005123456,  09005123456",
        "US, 13055550123,   3055550123",
        "US, 18005550199,   8005550199",
        "US, 14165550123,   4165550123",
        "GB, 442079460018,  02079460018",
        "GB, 447400123456,  07400123456",
        "CN, 861062345684,  01062345684",
        "CN, 8613800138000, 13800138000",
        "IT, 390612345678,  0612345678",
        "IT, 393123456789,  3123456789",
        "MX, 525512345678,  5512345678",
        "AR, 5491123456789, 01115 23456789",
        "RU, 79123456789,   89123456789"
    })
    void shouldWriteANumberAsItIsDialledWithinItsCountry(String country, long e164, String written) {
        assertThat(writer.write(e164, NumberNotation.NATIONAL, country)).isEqualTo(written.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "DE, 33142685300,  0033142685300",
        "US, 4930901820,   0114930901820",
        "GB, 390612345678, 00390612345678",
        "AU, 4930901820,   00114930901820",
        "DE, 80012345678,  0080012345678"
    })
    void shouldWriteANumberOfAnotherCountryWithTheInternationalPrefix(String country, long e164, String written) {
        assertThat(writer.write(e164, NumberNotation.NATIONAL, country)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"DE, 999123456789", "DE, 49110", "US, 1911", "DE, 4911"})
    void shouldKeepThePlusWhereNothingElseIsReadAsTheNumber(String country, long e164) {
        String written = writer.write(e164, NumberNotation.NATIONAL, country);

        assertThat(written).isEqualTo("+" + e164);
    }

    /** Every country's sample number of every kind, as dialled within that country and from three others. */
    @Test
    void shouldNeverWriteAnotherNumber() throws Exception {
        int checked = 0;
        for (String region : plan.getSupportedRegions()) {
            for (PhoneNumberUtil.PhoneNumberType type : PhoneNumberUtil.PhoneNumberType.values()) {
                Phonenumber.PhoneNumber sample = plan.getExampleNumberForType(region, type);
                if (sample == null) {
                    continue;
                }
                String e164 = plan.format(sample, PhoneNumberFormat.E164);
                for (String country : new String[] {region, "DE", "US", "BR"}) {
                    String written = writer.write(Long.parseLong(e164.substring(1)), NumberNotation.NATIONAL, country);
                    assertThat(plan.format(plan.parse(written, country), PhoneNumberFormat.E164))
                            .as("%s within %s", e164, country)
                            .isEqualTo(e164);
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(2_000);
    }
}
