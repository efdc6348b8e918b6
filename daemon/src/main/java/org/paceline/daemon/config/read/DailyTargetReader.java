package org.paceline.daemon.config.read;

import org.jspecify.annotations.Nullable;
import org.paceline.daemon.calls.DailyTarget;
import org.paceline.daemon.config.key.CommonKeys;
import org.paceline.yaml.Field;
import org.paceline.yaml.YamlMap;

/** Reads {@code daily-target}, of the node or a campaign. */
final class DailyTargetReader {

    private DailyTargetReader() {}

    /** @param otherwise the target where nothing is written */
    static DailyTarget read(YamlMap target, DailyTarget otherwise) {
        return new DailyTarget(
                count(CommonKeys.CALLS.in(target), otherwise.calls()),
                count(CommonKeys.NEW_CALLS.in(target), otherwise.fresh()),
                count(CommonKeys.FOLLOW_UPS.in(target), otherwise.followUp()),
                CommonKeys.VALID_AFTER.in(target).orElse(otherwise.validAfter()));
    }

    private static @Nullable Integer count(Field<Integer> field, @Nullable Integer otherwise) {
        Integer written = field.orNull();
        return written == null ? otherwise : written;
    }
}
