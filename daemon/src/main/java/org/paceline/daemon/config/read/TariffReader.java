package org.paceline.daemon.config.read;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.key.TrunkKeys;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.budget.Tariff.Rate;
import org.paceline.yaml.Field;
import org.paceline.yaml.YamlMap;

/** Reads a trunk's {@code tariff}. */
final class TariffReader {

    private TariffReader() {}

    /** Returns the tariff; null where the trunk has none. */
    static @Nullable Tariff read(YamlMap trunk) {
        Map<Long, Rate> rates = new HashMap<>();
        Map<Long, Integer> lines = new HashMap<>();
        for (YamlMap entry : TrunkKeys.TARIFF.in(trunk)) {
            Field<Long> prefix = TrunkKeys.PREFIX.in(entry);
            long digits = prefix.required(Tariff.ANY);
            TrunkKeys.Increment steps = TrunkKeys.INCREMENT.of(entry);
            rates.put(
                    digits,
                    new Rate(
                            TrunkKeys.PER_MINUTE.of(entry),
                            TrunkKeys.CONNECTION.of(entry),
                            steps.first().toMillis(),
                            steps.next().toMillis()));
            Integer earlier = lines.putIfAbsent(digits, prefix.place().line());
            if (earlier != null && prefix.orNull() != null) {
                prefix.place().problem("has a rate already, in line " + earlier + "; keep one");
            }
        }
        return rates.isEmpty() ? null : new Tariff(rates);
    }
}
