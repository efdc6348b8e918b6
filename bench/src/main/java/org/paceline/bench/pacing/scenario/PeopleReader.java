package org.paceline.bench.pacing.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.pacing.scenario.Scenario.Failure;
import org.paceline.bench.pacing.scenario.Scenario.Machines;
import org.paceline.bench.pacing.scenario.Scenario.People;
import org.paceline.dialer.call.Outcome;
import org.paceline.yaml.Field;
import org.paceline.yaml.YamlMap;

/** Reads from a scenario's YAML how people behave, and the laws of durations. */
final class PeopleReader {
    /** The people where a file says nothing. */
    static final People USUAL = new People(
            new DurationLaw.Fixed(0),
            new DurationLaw.LogNormal(10, 4),
            new DurationLaw.Fixed(25),
            new DurationLaw.LogNormal(120, 120),
            new DurationLaw.Exponential(15),
            null,
            Machines.NONE,
            List.of());

    /** The ways in which the network ends a call before anybody answers. */
    private enum Ending {
        BUSY(Outcome.BUSY),
        CONGESTION(Outcome.CONGESTION),
        INVALID_NUMBER(Outcome.INVALID_NUMBER),
        REJECTED(Outcome.REJECTED);

        private final Outcome outcome;

        Ending(Outcome outcome) {
            this.outcome = outcome;
        }
    }

    private PeopleReader() {}

    /** @param otherwise the people where the mapping says nothing; null for the usual */
    static People read(YamlMap map, @Nullable People otherwise) {
        People other = otherwise == null ? USUAL : otherwise;
        return new People(
                law(map, "set-up", other.setUp()),
                law(map, "ring", other.ring()),
                law(map, "unanswered", other.unanswered()),
                law(map, "talk", other.talk()),
                law(map, "wrap-up", other.wrapUp()),
                patience(map, other.patience()),
                machines(map, other.machines()),
                failures(map, other.failures()));
    }

    private static @Nullable DurationLaw patience(YamlMap map, @Nullable DurationLaw other) {
        Field<YamlMap> field = map.map("patience");
        YamlMap written = field.orNull();
        return written == null ? other : law(written);
    }

    private static Machines machines(YamlMap map, Machines other) {
        YamlMap machines = map.map("machines").orNull();
        if (machines == null) {
            return other;
        }
        double share = machines.percent("share").required(0.0);
        DurationLaw talk = law(machines, "talk", other.talk());
        YamlMap detection = machines.map("detection").orNull();
        return detection == null
                ? new Machines(share, 0, new DurationLaw.Fixed(0), talk)
                : new Machines(
                        share,
                        detection.percent("share").required(1.0),
                        law(detection, "takes", new DurationLaw.Fixed(0)),
                        talk);
    }

    private static List<Failure> failures(YamlMap map, List<Failure> other) {
        Field<?> field = map.list("failures");
        if (!field.isWritten()) {
            return other;
        }
        List<Failure> failures = new ArrayList<>();
        double all = 0;
        for (YamlMap failure : map.maps("failures")) {
            Ending ending = failure.choice("outcome", Ending.class).required(Ending.BUSY);
            double share = failure.percent("share").required(0.0);
            all += share;
            if (all > 1) {
                failure.percent("share")
                        .place()
                        .problem(
                                "the shares are of the calls that nobody answers: must be 100%" + " at most, together");
            }
            failures.add(new Failure(ending.outcome, share, law(failure, "after", new DurationLaw.Fixed(3))));
        }
        return failures;
    }

    private static DurationLaw law(YamlMap map, String key, DurationLaw other) {
        DurationLaw written = lawOrNull(map, key);
        return written == null ? other : written;
    }

    /** Reads a law; null where the mapping says nothing of it. */
    static @Nullable DurationLaw lawOrNull(YamlMap map, String key) {
        YamlMap written = map.map(key).orNull();
        return written == null ? null : law(written);
    }

    private static DurationLaw law(YamlMap map) {
        return switch (oneOf(map, "lognormal", "exponential", "fixed", "mixture")) {
            case "lognormal" -> logNormal(map);
            case "exponential" -> new DurationLaw.Exponential(positive(map.duration("exponential")));
            case "fixed" ->
                new DurationLaw.Fixed(
                        map.duration("fixed").required(Duration.ZERO).toMillis() / 1e3);
            case "mixture" -> mixture(map);
            default -> new DurationLaw.Fixed(1); // already reported
        };
    }

    private static DurationLaw logNormal(YamlMap map) {
        double mean = positive(map.duration("lognormal"));
        Field<Duration> sd = map.duration("sd");
        Field<Double> cv = map.decimal("cv").must(ratio -> ratio > 0, "more than 0");
        if (sd.isWritten() == cv.isWritten()) {
            map.place().problem("must have sd or cv beside lognormal; has " + (sd.isWritten() ? "both" : "neither"));
        }
        Duration deviation = sd.orNull();
        return new DurationLaw.LogNormal(mean, deviation == null ? mean * cv.orElse(1.0) : deviation.toMillis() / 1e3);
    }

    private static DurationLaw mixture(YamlMap map) {
        List<DurationLaw.Mixture.Part> parts = new ArrayList<>();
        for (YamlMap part : map.maps("mixture")) {
            double weight = part.decimal("weight")
                    .must(share -> share > 0, "more than 0")
                    .required(1.0);
            parts.add(new DurationLaw.Mixture.Part(weight, law(part)));
        }
        if (parts.isEmpty()) {
            map.list("mixture").place().problem("must be a list of at least one law with its weight");
            return new DurationLaw.Fixed(1);
        }
        return new DurationLaw.Mixture(parts);
    }

    private static double positive(Field<Duration> field) {
        return field.must(time -> !time.isZero(), "more than 0s")
                        .required(Duration.ofSeconds(1))
                        .toMillis()
                / 1e3;
    }

    /** Returns which of these keys is written, or nothing after reporting what is wrong. */
    static String oneOf(YamlMap map, String... keys) {
        List<String> written = Arrays.stream(keys).filter(map.keys()::contains).toList();
        if (written.size() == 1) {
            return written.getFirst();
        }
        for (String key : keys) {
            map.node(key);
        }
        map.place()
                .problem("must have one of " + String.join(", ", keys) + "; has "
                        + (written.isEmpty() ? "none" : String.join(" and ", written)));
        return "";
    }
}
