package org.paceline.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    private static final long SEED = 20_261_130;

    @ParameterizedTest
    @CsvSource({
        "203.0.113.0/24,   203.0.113.0/24, 203.0.113.255",
        "203.0.113.77/24,  203.0.113.0/24, 203.0.113.255",
        "203.0.113.7,      203.0.113.7,    203.0.113.7",
        "203.0.113.7/32,   203.0.113.7,    203.0.113.7",
        "10.0.0.0/9,       10.0.0.0/9,     10.127.255.255",
        "0.0.0.0/0,        0.0.0.0/0,      255.255.255.255",
        "2001:db8::/45,    2001:db8:0:0:0:0:0:0/45, 2001:db8:7:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::1,      2001:db8:0:0:0:0:0:1,    2001:db8:0:0:0:0:0:1"
    })
    void shouldReadARange(String text, String shown, String last) {
        AddressRange range = range(text);
        assertThat(range).hasToString(shown);
        assertThat(range.last().getHostAddress()).isEqualTo(last);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"203.0.113.0/33", "2001:db8::/129", "sbc.example", "203.0.113", "203.0.113.0/", "/24", "a/8"})
    void shouldReadNoOtherText(String text) {
        assertThat(AddressRange.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.0/24, 203.0.113.128/25, true",
        "203.0.113.0/24, 203.0.112.0/23,   true",
        "203.0.113.0/24, 203.0.114.0/24,   false",
        "0.0.0.0/0,      ::/0,             false",
        "203.0.113.9,    203.0.113.9,      true"
    })
    void shouldTellWhetherRangesOverlap(String one, String other, boolean overlap) {
        assertThat(range(one).overlaps(range(other))).isEqualTo(overlap);
        assertThat(range(other).overlaps(range(one))).isEqualTo(overlap);
    }

    @Test
    void shouldFindWhatASearchOfAllRangesFinds() throws UnknownHostException {
        SplittableRandom random = new SplittableRandom(SEED);
        List<AddressRange> ranges = new ArrayList<>();
        RangeTable<Boolean> table = RangeTable.empty();
        for (int i = 0; i < 300; i++) {
            boolean isV6 = random.nextBoolean();
            int bits = isV6 ? 1 + random.nextInt(20, 60) : random.nextInt(6, 33);
            AddressRange range = range(address(random, isV6).getHostAddress() + "/" + bits);
            ranges.add(range);
            table = table.with(range, _ -> true);
        }
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            InetAddress address = address(random, i % 2 == 0);
            boolean expected = ranges.stream().anyMatch(range -> range.overlaps(AddressRange.of(address)));
            assertThat(table.find(address) != null)
                    .as("%s, seed %s", address, SEED)
                    .isEqualTo(expected);
            found += expected ? 1 : 0;
        }
        assertThat(found).isBetween(1_000, 19_000);
        for (AddressRange range : ranges) {
            table = table.with(range, _ -> null);
        }
        assertThat(table.find(ranges.getFirst().first())).isNull();
    }

    /** Addresses of a few neighbourhoods, so that ranges are hit. */
    private static InetAddress address(SplittableRandom random, boolean isV6) throws UnknownHostException {
        byte[] bytes = new byte[isV6 ? 16 : 4];
        random.nextBytes(bytes);
        if (isV6) {
            bytes[0] = 0x20;
            bytes[1] = (byte) random.nextInt(2);
            bytes[2] = 0;
        }
        return InetAddress.getByAddress(bytes);
    }

    private static AddressRange range(String text) {
        return Objects.requireNonNull(AddressRange.parse(text), text);
    }
}
