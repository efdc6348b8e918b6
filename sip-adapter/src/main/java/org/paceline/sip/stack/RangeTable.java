package org.paceline.sip.stack;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values by ranges of addresses: found by halving, in a few steps for hundreds of ranges. Where ranges overlap, the
 * wider counts.
 *
 * <p>Thread: any (immutable).
 */
final class RangeTable<T> {

    private final Map<AddressRange, T> values;
    private final Half<T> v4;
    private final Half<T> v6;

    private RangeTable(Map<AddressRange, T> values) {
        this.values = values;
        this.v4 = Half.of(values, false);
        this.v6 = Half.of(values, true);
    }

    static <T> RangeTable<T> empty() {
        return new RangeTable<>(Map.of());
    }

    /**
     * Returns a table with another value for the range.
     *
     * @param change makes it from the value that the range has, null for none; null takes the range out
     */
    RangeTable<T> with(AddressRange range, Function<@Nullable T, @Nullable T> change) {
        Map<AddressRange, T> changed = new LinkedHashMap<>(values);
        T value = change.apply(changed.remove(range));
        if (value != null) {
            changed.put(range, value);
        }
        return new RangeTable<>(changed);
    }

    /** Returns the value of the range that has the address, or null where none has it. */
    @Nullable
    T find(InetAddress address) {
        byte[] bytes = address.getAddress();
        return (bytes.length == 4 ? v4 : v6).find(bytes);
    }

    /** Ranges of one family that do not overlap, in their order. */
    private static final class Half<T> {
        private final byte[][] firsts;
        private final byte[][] lasts;
        private final List<T> values;

        private Half(byte[][] firsts, byte[][] lasts, List<T> values) {
            this.firsts = firsts;
            this.lasts = lasts;
            this.values = values;
        }

        static <T> Half<T> of(Map<AddressRange, T> all, boolean isV6) {
            List<AddressRange> sorted = all.keySet().stream()
                    .filter(range -> range.isV6() == isV6)
                    .sorted(Comparator.<AddressRange, byte[]>comparing(
                                    range -> range.first().getAddress(), Arrays::compareUnsigned)
                            .thenComparingInt(AddressRange::prefixBits))
                    .toList();
            List<AddressRange> apart = new ArrayList<>();
            for (AddressRange range : sorted) {
                if (apart.isEmpty() || !apart.getLast().overlaps(range)) {
                    apart.add(range);
                }
            }
            List<T> values = new ArrayList<>();
            apart.forEach(range -> values.add(all.get(range)));
            return new Half<>(
                    apart.stream().map(range -> range.first().getAddress()).toArray(byte[][]::new),
                    apart.stream().map(range -> range.last().getAddress()).toArray(byte[][]::new),
                    values);
        }

        @Nullable
        T find(byte[] address) {
            int low = 0;
            int high = firsts.length - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                if (Arrays.compareUnsigned(address, firsts[middle]) < 0) {
                    high = middle - 1;
                } else if (Arrays.compareUnsigned(address, lasts[middle]) > 0) {
                    low = middle + 1;
                } else {
                    return values.get(middle);
                }
            }
            return null;
        }
    }
}
