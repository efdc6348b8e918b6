package org.paceline.daemon.config.read;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.calls.DailyTarget;
import org.paceline.daemon.config.key.Types;
import org.paceline.yaml.Field;
import org.paceline.yaml.YamlMap;

/** Reads {@code daily-target}, of the node or a campaign. */
final class DailyTargetReader {

    private DailyTargetReader() {}

    /** @param otherwise takes the place of what is not written */
    static DailyTarget read(YamlMap target, DailyTarget otherwise) {
        return new DailyTarget(
                count(target.integer("calls"), otherwise.calls()),
                count(target.integer("new"), otherwise.fresh()),
                count(target.integer("follow-up"), otherwise.followUp()),
                target.duration("valid-after")
                        .must(Types.from(Duration.ZERO, Duration.ofHours(1)), "a duration up to 1h")
                        .orElse(otherwise.validAfter()));
    }

    private static @Nullable Integer count(Field<Integer> field, @Nullable Integer otherwise) {
        Integer written =
                field.must(Types.from(0, 10_000), "a number from 0 to 10000").orNull();
        return written == null ? otherwise : written;
    }
}
