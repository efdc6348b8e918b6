package org.paceline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of every region that libphonenumber knows, in every notation. */
class EveryRegionNumbersTest {
    private static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();
    private static final NumberPlan PLAN = new NumberPlan();
    private static final String[] JUNK = {
        " mob", "abc", " x12", " ext. 7", ";ext=9", " #3", " / 030", ", 5", " & co", "*", " or 7", " (2)", " (priv)",
        "/77", " + 1", "E5", "\n12", "|4", " Tel.", "－内线5"
    };

    private record Example(String region, Phonenumber.PhoneNumber number, long e164) {
        String format(PhoneNumberFormat format) {
            return UTIL.format(number, format);
        }

        String national() {
            return UTIL.getNationalSignificantNumber(number);
        }
    }

    private static List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        for (String region : new TreeSet<>(UTIL.getSupportedRegions())) {
            for (PhoneNumberType type : UTIL.getSupportedTypesForRegion(region)) {
                Phonenumber.@Nullable PhoneNumber number = UTIL.getExampleNumberForType(region, type);
                if (number != null) {
                    String e164 = UTIL.format(number, PhoneNumberFormat.E164).substring(1);
                    examples.add(new Example(region, number, Long.parseLong(e164)));
                }
            }
        }
        return examples;
    }

    @Test
    void shouldReadEveryNotationAlikeForLeadsAndDoNotCall() {
        List<String> faults = new ArrayList<>();
        for (Example example : examples()) {
            String international = example.format(PhoneNumberFormat.INTERNATIONAL);
            for (String text : List.of(
                    "+" + example.e164,
                    international,
                    example.format(PhoneNumberFormat.RFC3966),
                    international.replace(' ', '\u00a0'),
                    "00" + example.e164,
                    example.format(PhoneNumberFormat.NATIONAL))) {
                check(example, text, text.startsWith("0") ? PLAN.blocked(text, example.region) : null, faults);
            }
            String trunk = UTIL.getNddPrefixForRegion(example.region, true);
            if (trunk != null && takesTrunkBehindPlus(example, trunk)) {
                check(example, "+" + example.number.getCountryCode() + trunk + example.national(), null, faults);
            }
        }
        assertThat(faults).isEmpty();
    }

    /** Where the number with its trunk prefix is not another number itself, as libphonenumber sees it. */
    private static boolean takesTrunkBehindPlus(Example example, String trunk) {
        return PLAN.parse("+" + example.number.getCountryCode() + trunk + example.national(), null)
                instanceof NumberPlan.Parsed.Valid;
    }

    private static void check(Example example, String text, NumberPlan.@Nullable Blocked given, List<String> faults) {
        NumberPlan.Blocked blocked = given == null ? PLAN.blocked(text, example.region) : given;
        switch (PLAN.parse(text, example.region)) {
            case NumberPlan.Parsed.Valid(var number) -> {
                if (number.e164() != example.e164) {
                    faults.add(example.region + " " + text + " → " + number.text());
                }
                if (!blocked.e164().contains(number.e164()) || blocked.doubt() != null) {
                    faults.add(example.region + " " + text + " blocks " + blocked);
                }
                long plain = PLAN.plain(text, example.region);
                if (plain != 0 && plain != number.e164()) {
                    faults.add(example.region + " " + text + " is plain " + plain);
                }
            }
            case NumberPlan.Parsed.Rejected(var reason) -> {
                if (!blocked.e164().contains(example.e164)) {
                    faults.add(example.region + " " + text + ": " + reason + ", blocks " + blocked);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20261129})
    void shouldNeverReadAnotherNumberWhereJunkStandsBehindIt(long seed) {
        Random random = new Random(seed);
        List<String> faults = new ArrayList<>();
        for (Example example : examples()) {
            String junk = JUNK[random.nextInt(JUNK.length)];
            for (PhoneNumberFormat format : PhoneNumberFormat.values()) {
                String text = example.format(format) + junk;
                if (PLAN.parse(text, example.region) instanceof NumberPlan.Parsed.Valid(var number)
                        && number.e164() != example.e164) {
                    faults.add("seed=" + seed + " " + example.region + " " + text + " → " + number.text());
                }
                if (!PLAN.blocked(text, example.region).e164().contains(example.e164)) {
                    faults.add("seed=" + seed + " " + example.region + " " + text + " blocks "
                            + PLAN.blocked(text, example.region));
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    /** What the fast way takes for certain, the slow way reads alike, whatever digits stand behind the plus. */
    @ParameterizedTest
    @ValueSource(longs = {2, 20261130})
    void shouldReadPlainDigitsAsTheSlowWayDoes(long seed) {
        Random random = new Random(seed);
        List<String> faults = new ArrayList<>();
        List<Example> examples = examples();
        int plain = 0;
        for (int i = 0; i < 30_000; i++) {
            Example example = examples.get(random.nextInt(examples.size()));
            StringBuilder text = new StringBuilder("+").append(example.number.getCountryCode());
            for (int digit = random.nextInt(4, 12); digit > 0; digit--) {
                text.append((char) ('0' + random.nextInt(10)));
            }
            long fast = PLAN.plain(text.toString(), null);
            List<Long> slow = PLAN.blocked(text.toString(), null).e164();
            if (fast != 0) {
                plain++;
                if (!slow.equals(List.of(fast))) {
                    faults.add("seed=" + seed + " " + text + " is " + fast + ", slowly " + slow);
                }
            }
            for (long number : slow) {
                if (PLAN.normalised(number) != number
                        && PLAN.parse("+" + number, null) instanceof NumberPlan.Parsed.Valid) {
                    faults.add("seed=" + seed + " " + text + " is " + number + " and again " + PLAN.normalised(number));
                }
            }
        }
        assertThat(plain).isGreaterThan(1_000);
        assertThat(faults).isEmpty();
    }
}
