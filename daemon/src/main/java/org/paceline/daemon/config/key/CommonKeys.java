package org.paceline.daemon.config.key;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.calls.DailyTarget;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.key.Bounds;
import org.paceline.yaml.key.Entry;
import org.paceline.yaml.key.Key;
import org.paceline.yaml.key.ListKey;

/** Keys that several mappings have. */
public final class CommonKeys {
    /** The name of a thing that must be unique among its kind. */
    public static final Key<Object, String> NAME =
            Key.of("name", Types.NAME, "").required("unnamed");

    /** The token of a person, by which the API knows that person. */
    public static final Key<Object, String> TOKEN = Key.of(
                    "token", ScalarType.SECRET, "at least 16 characters, better env:NAME or file:PATH")
            .required("");

    static final Bounds<Duration> RING = Bounds.durations(Duration.ofSeconds(5), Duration.ofMinutes(3));
    static final Bounds<Duration> TALK = Bounds.durations(Duration.ofSeconds(1), Duration.ofHours(4));
    static final Bounds<Duration> UP_TO_4H = Bounds.durations(Duration.ZERO, Duration.ofHours(4));

    public static final Key<DailyTarget, Integer> CALLS =
            count("calls", "valid calls").shown(DailyTarget::calls);
    public static final Key<DailyTarget, Integer> NEW_CALLS =
            count("new", "with leads whom nobody talked with before").shown(DailyTarget::fresh);
    public static final Key<DailyTarget, Integer> FOLLOW_UPS =
            count("follow-up", "with leads whom somebody talked with before").shown(DailyTarget::followUp);
    public static final Key<DailyTarget, Duration> VALID_AFTER = Key.of(
                    "valid-after", ScalarType.DURATION, "how long a talk lasts at least that counts")
            .within(Bounds.durations(Duration.ZERO, Duration.ofHours(1)))
            .usually(DailyTarget.NONE.validAfter())
            .shown(DailyTarget::validAfter);
    static final List<Entry<? super DailyTarget>> DAILY_TARGET = List.of(CALLS, NEW_CALLS, FOLLOW_UPS, VALID_AFTER);

    private CommonKeys() {}

    private static Key<Object, Integer> count(String name, String help) {
        return Key.of(name, ScalarType.INTEGER, help).within(Bounds.numbers(0, 10_000));
    }

    static ListKey<Object, String> skills(String help) {
        return ListKey.of("skills", Types.NAME, help);
    }

    /** Returns a limit in milliseconds as a duration, where 0 is no limit. */
    static @Nullable Duration limit(long millis) {
        return millis == 0 ? null : Duration.ofMillis(millis);
    }
}
