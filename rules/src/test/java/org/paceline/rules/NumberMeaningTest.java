package org.paceline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the digits of lists mean, as leads and as do-not-call rows. */
class NumberMeaningTest {
    private static final NumberPlan PLAN = new NumberPlan();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // trunk prefixes behind the plus
                "+4903012345678       | -  | 493012345678",
                "+49 (0)30 12345678   | -  | 493012345678",
                "0049 (0)30 12345678  | DE | 493012345678",
                "+8601065120000       | -  | 861065120000",
                "+430158850123        | -  | 43158850123",
                "+610412345678        | -  | 61412345678",
                "+390612345678        | -  | 390612345678",
                "+39 (0)6 12345678    | -  | 390612345678",
                "+5491123456789       | -  | 5491123456789",
                "+54 011 15 23456789  | -  | 5491123456789",
                // prefixes that Mexico gave up
                "+5215512345678       | -  | 525512345678",
                "+52 044 55 12345678  | -  | 525512345678",
                "01 55 12345678       | MX | 525512345678",
                "55 12345678          | MX | 525512345678",
                // without plus
                "030/901820           | DE | 4930901820",
                "05251/123456         | DE | 495251123456",
                "037208/12345         | DE | 493720812345",
                "4930901820           | DE | 4930901820",
                "30901820             | DE | 4930901820",
                "1712345678           | DE | 491712345678",
                "436641234567         | AT | 436641234567",
                "43158850123          | AT | 43158850123",
                "13055550123          | US | 13055550123",
                "3055550123           | US | 13055550123",
                "13812345678          | CN | 8613812345678",
                "8613812345678        | CN | 8613812345678",
                "79123456789          | RU | 79123456789",
                "8 (912) 345-67-89    | RU | 79123456789",
                "390612345678         | IT | 390612345678",
                "612345678            | FR | 33612345678",
                "5511961234567        | BR | 5511961234567",
                // international prefixes
                "001 305 555 0102     | GB | 13055550102",
                "011 49 30 901820     | US | 4930901820",
                "0049 30 901820       | US | 4930901820",
                "0011 49 30 901820    | AU | 4930901820",
                "010 1 305 555 0123   | JP | 13055550123",
                // a plus needs no region
                "+13055550123         | Florida | 13055550123",
                "030901822.0          | DE | 4930901822",
                "4930901823.0         | DE | 4930901823",
            })
    void shouldReadTheNumberMeantAlikeForLeadsAndDoNotCall(String text, @Nullable String region, long e164) {
        assertThat(e164(text, region)).isEqualTo(e164);
        assertThat(PLAN.blocked(text, region)).isEqualTo(new NumberPlan.Blocked(List.of(e164), null));
        assertThat(PLAN.plain(text, region)).isIn(0L, e164);
        assertThat(PLAN.normalised(e164)).isEqualTo(e164);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // a German number without its zero, or one that begins with its country code
                "491712345678    | DE | 491712345678 49491712345678 | has neither + nor trunk prefix: may be a number"
                        + " of +49",
                "4915112345678   | DE | 4915112345678 494915112345678 | has neither + nor trunk prefix",
                "436641234567    | DE | 436641234567 49436641234567 | that begins with +43",
                "049 171 2345630 | DE | 491712345630 49491712345630 | may be a number of +49 or that country code behind a zero",
                "15123456789     | DE | 4915123456789 15123456789 | that begins with +1",
                "442079460000    | US | 442079460000 | too long for a number of +1",
                // more than a number
                "030 901820 mob  | DE | 4930901820 | has letters beside the number",
                "030 901820 x5   | DE | 4930901820 | has an extension, which cannot be dialled",
                "030 901820/21   | DE | 4930901820 4930901821 493090182021 | an extension or a second number",
                "030 901820 (2)  | DE | 4930901820 4930901822 49309018202 | an extension or a second number",
                "305 555 0123 / 305 555 0124 | US | 13055550123 13055550124 | too long",
                "030 901820 / 901821    | DE | 4930901820 4930901821 | at most 15 digits",
                "030 901820, 030 901821 | DE | 4930901820 4930901821 | has more than one number",
                "+0049 30 901820 | DE | 4930901820 | unknown country code",
            })
    void shouldRejectALeadAndBlockEveryNumberThatItMayBe(String text, String region, String blocked, String reason) {
        assertThat(PLAN.parse(text, region))
                .isInstanceOfSatisfying(
                        NumberPlan.Parsed.Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains(reason));
        NumberPlan.Blocked found = PLAN.blocked(text, region);
        assertThat(found.e164())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(blocked.split(" ")).map(Long::valueOf).toList());
        assertThat(found.doubt()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "13055550123    | -  | 13055550123 | has no country code",
                "4.930901826E10 | DE | 49309018260 | scientific notation",
                "030901820.5    | DE | 4930901820  | decimal number",
                "1e10           | US | ''          | scientific notation",
                "030 901820, 99999999999999999999 | DE | 4930901820 | more than one number",
                "3055550123     | -  | ''          | has no country code",
                "1-800-FLOWERS  | US | ''          | letters",
                "5              | US | ''          | not a telephone number",
                "+4930901825223637 | - | ''        | too long: a number has at most 15 digits: +4930**********37",
                "4930901825223637  | DE | ''       | at most 15 digits",
            })
    void shouldDoubtADoNotCallTextAndBlockWhatItCan(
            String text, @Nullable String region, String blocked, String reason) {
        NumberPlan.Blocked found = PLAN.blocked(text, region);
        assertThat(found.e164()).isEqualTo(blocked.isEmpty() ? List.of() : List.of(Long.valueOf(blocked)));
        assertThat(found.doubt()).contains(reason);
        assertThat(PLAN.parse(text, region)).isInstanceOf(NumberPlan.Parsed.Rejected.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "030 902002.0      | 4930902002 49309020020   | decimal number",
                "+49 171 2345634.0 | 491712345634 4917123456340 | decimal number",
                "49 30 901829.00   | 4930901829               | decimal number",
                "030 902019 - 25   | 4930902019 4930902025 493090201925 | may be a range of numbers",
                "030 902020–30     | 4930902020 4930902030 493090202030 | may be a range of numbers",
                "030 901820, 901821 | 4930901820 4930901821    | more than one number",
                "030/9018 20 + 21  | 4930901820 4930901821     | plus that is not in front",
                "+49 30 901820 bis 22 | 4930901820 4930901822  | letters beside the number",
                "030 901820 & 84   | 4930901820 4930901884     | signs in it",
                "'+49,30,901831'   | 4930901831                | more than one number",
                "030_901_832       | 4930901832                | more than one number",
                "{030} 901833      | 4930901833                | signs in it",
                "030 901834 030 901835 | 4930901834 4930901835 | too long for a number of +49",
            })
    void shouldDoubtADoNotCallTextAndBlockBothThatItMayBe(String text, String blocked, String reason) {
        NumberPlan.Blocked found = PLAN.blocked(text, "DE");
        assertThat(found.e164())
                .containsAll(
                        Arrays.stream(blocked.split(" ")).map(Long::valueOf).toList());
        assertThat(found.doubt()).contains(reason);
        assertThat(PLAN.parse(text, "DE")).isInstanceOf(NumberPlan.Parsed.Rejected.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN | 010-62345684-801      | 861062345684",
                "US | 3055550182-83         | 13055550182 13055550183",
                "US | 2125550100 2125550101 | 12125550100 12125550101",
                "US | 305 555 0180 or 0181  | 13055550180 13055550181",
                "US | 305•555•0235          | 13055550235",
                "US | 305:555:0240          | 13055550240",
                "US | ³0555550210           | 10555550210", // a superscript is no digit that is read
                "US | 5550132               | 15550132", // held as it is written, as nobody knows the area
            })
    void shouldBlockWhatOtherNotationsMayMeanAndDoubtThem(String region, String text, String blocked) {
        NumberPlan.Blocked found = PLAN.blocked(text, region);
        assertThat(found.e164())
                .containsAll(
                        Arrays.stream(blocked.split(" ")).map(Long::valueOf).toList());
        assertThat(found.doubt()).isNotNull();
    }

    @Test
    void shouldReadAFractionSlashAsASlash() {
        assertThat(PLAN.blocked("030 ⁄ 901838", "DE").e164()).contains(4930901838L);
        assertThat(PLAN.blocked("305 555 0123 called 5 times", "US").doubt()).isNull();
    }

    @Test
    void shouldReadNumbersWhoseLastDigitsStandApart() {
        assertThat(PLAN.parse("06.12.34.56.00", "FR")).isInstanceOf(NumberPlan.Parsed.Valid.class);
        assertThat(PLAN.parse("06 - 12 - 34 - 56 - 78", "FR")).isInstanceOf(NumberPlan.Parsed.Valid.class);
        assertThat(PLAN.parse("030 902019-25", "DE")).isInstanceOf(NumberPlan.Parsed.Valid.class);
        assertThat(PLAN.parse("0491 7123456", "DE")).isInstanceOf(NumberPlan.Parsed.Valid.class);
    }

    @Test
    void shouldBlockANumberThatNoPlanHasYet() {
        assertThat(PLAN.blocked("+1 305 055 0123", null))
                .isEqualTo(new NumberPlan.Blocked(List.of(13050550123L), null));
        assertThat(PLAN.plain("+13050550123", null)).isEqualTo(13050550123L);
    }

    @Test
    void shouldLookCloselyAtTenDigitsThatAreNoAmericanNumber() {
        // +49 30 901820 that lost its plus
        assertThat(PLAN.plain("4930901820", "US")).isZero();
        assertThat(PLAN.blocked("4930901820", "US").e164()).contains(4930901820L);
        assertThat(PLAN.plain("3055550123", "US")).isEqualTo(13055550123L);
        assertThat(PLAN.plain("13055550123", "US")).isEqualTo(13055550123L);
        assertThat(PLAN.plain("3055550123", "DE")).isZero();
        assertThat(PLAN.plain("3055550123", "ZZ")).isZero();
    }

    @Test
    void shouldNormaliseWhatWasKeptAsItWasWritten() {
        assertThat(PLAN.normalised(4903012345678L)).isEqualTo(493012345678L);
        assertThat(PLAN.normalised(5215512345678L)).isEqualTo(525512345678L);
        assertThat(PLAN.normalised(13050550123L)).isEqualTo(13050550123L);
        assertThat(PLAN.normalised(7L)).isEqualTo(7L);
        assertThat(PLAN.normalised(9_999_999_999_999_999L)).isEqualTo(9_999_999_999_999_999L);
    }

    private static long e164(String text, @Nullable String region) {
        return switch (PLAN.parse(text, region)) {
            case NumberPlan.Parsed.Valid(var number) -> number.e164();
            case NumberPlan.Parsed.Rejected(var reason) -> throw new AssertionError(reason);
        };
    }
}
