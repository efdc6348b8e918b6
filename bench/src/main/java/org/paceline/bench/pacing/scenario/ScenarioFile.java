package org.paceline.bench.pacing.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.pacing.scenario.Scenario.Break;
import org.paceline.bench.pacing.scenario.Scenario.CallList;
import org.paceline.bench.pacing.scenario.Scenario.Group;
import org.paceline.bench.pacing.scenario.Scenario.ScenarioCampaign;
import org.paceline.bench.pacing.scenario.Scenario.ScenarioTrunk;
import org.paceline.bench.pacing.scenario.Scenario.SignOff;
import org.paceline.bench.pacing.scenario.Scenario.Team;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.yaml.ConfigProblems;
import org.paceline.yaml.Field;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlFile;
import org.paceline.yaml.YamlList;
import org.paceline.yaml.YamlMap;
import org.paceline.yaml.YamlNode;
import org.paceline.yaml.YamlScalar;

/** Reads a scenario's YAML. A missing value takes the default given here or in {@link PeopleReader}. */
public final class ScenarioFile {
    private static final Duration A_DAY = Duration.ofHours(24);
    private static final ScalarType<String> NAME =
            new ScalarType<>("letters, digits and hyphens", text -> text.matches("[A-Za-z0-9-]{1,40}") ? text : null);

    private ScenarioFile() {}

    /**
     * @param name the scenario's name
     * @param file the name of the text in problems
     * @throws ConfigException with everything that is wrong with it
     */
    public static Scenario parse(String name, String file, String text) {
        ConfigProblems problems = new ConfigProblems();
        YamlMap root = YamlFile.parse(file, text, problems);
        problems.throwIfAny();
        int days = root.integer("days")
                .must(count -> count >= 1 && count <= 366, "a number from 1 to 366")
                .orElse(1);
        Team team = team(root.section("agents"));
        List<ScenarioCampaign> campaigns = campaigns(root);
        ScenarioTrunk trunk = trunk(root.section("trunk"));
        AbandonmentTerms terms = terms(root.section("policy"), file);
        root.refuseUnknownKeys();
        problems.throwIfAny();
        return new Scenario(name, days, team, campaigns, trunk, terms);
    }

    private static Team team(YamlMap agents) {
        List<Break> breaks = new ArrayList<>();
        for (YamlMap pause : agents.maps("breaks")) {
            breaks.add(new Break(
                    time(pause.duration("at")).required(Duration.ZERO).toMillis() / 1e3,
                    share(pause.percent("share")).required(0.5),
                    pause.duration("lasts")
                                    .must(length -> !length.isZero() && length.compareTo(A_DAY) <= 0, "more than 0s")
                                    .required(A_DAY)
                                    .toMillis()
                            / 1e3,
                    pause.flag("announced").orElse(true)));
        }
        List<SignOff> signOffs = new ArrayList<>();
        for (YamlMap leave : agents.maps("sign-offs")) {
            signOffs.add(new SignOff(
                    time(leave.duration("at")).required(Duration.ZERO).toMillis() / 1e3,
                    share(leave.percent("share")).required(0.5)));
        }
        return new Team(
                agents.integer("count")
                        .must(count -> count >= 1 && count <= 2_000, "a number from 1 to 2000")
                        .orElse(0),
                share(agents.percent("pace-sd")).orElse(0.0),
                time(agents.duration("arrive-every")).orElse(Duration.ZERO).toMillis() / 1e3,
                breaks,
                signOffs);
    }

    private static Field<Duration> time(Field<Duration> field) {
        return field.must(time -> time.compareTo(A_DAY) <= 0, "a duration up to 1d");
    }

    private static Field<Double> share(Field<Double> field) {
        return field.must(share -> share > 0, "more than 0%");
    }

    /**
     * Reads the campaigns. Without {@code campaigns} the file itself is the only one; with them, it holds what applies
     * where they say nothing.
     */
    private static List<ScenarioCampaign> campaigns(YamlMap root) {
        Scenario.People people = PeopleReader.read(root, null);
        List<CallList> lists = lists(root);
        List<YamlMap> several = root.maps("campaigns");
        if (several.isEmpty()) {
            return lists.isEmpty() ? withoutList(root) : List.of(new ScenarioCampaign("lab", 1, lists, people));
        }
        List<ScenarioCampaign> campaigns = new ArrayList<>();
        for (YamlMap each : several) {
            Field<String> name = each.value("name", NAME);
            List<CallList> own = lists(each);
            if (own.isEmpty() && lists.isEmpty()) {
                withoutList(each);
            }
            if (campaigns.stream().anyMatch(other -> other.name().equals(name.orNull()))) {
                name.place()
                        .problem("'" + name.orNull() + "' is another campaign's name already: must be one of its own");
            }
            double share = share(each.percent("agents")).orElse(1.0);
            Scenario.People its = PeopleReader.read(each, people);
            String called = name.required("unnamed");
            if (!own.isEmpty() || !lists.isEmpty()) {
                campaigns.add(new ScenarioCampaign(called, share, own.isEmpty() ? lists : own, its));
            }
        }
        return campaigns;
    }

    private static List<ScenarioCampaign> withoutList(YamlMap map) {
        map.percent("answer").required(0.0);
        return List.of();
    }

    /** Reads the lists; empty where the mapping has none. */
    private static List<CallList> lists(YamlMap map) {
        List<CallList> lists = new ArrayList<>();
        Field<YamlList> several = map.list("lists");
        List<Group> groups = groups(map, several.isWritten() ? several : null);
        YamlList written = several.orNull();
        if (written == null) {
            return groups.isEmpty() ? List.of() : List.of(new CallList(0, Double.MAX_VALUE, groups));
        }
        for (YamlMap list : written.maps()) {
            Field<Duration> from = time(list.duration("from"));
            Field<Duration> until = time(list.duration("until"));
            double begins = from.orElse(Duration.ZERO).toMillis() / 1e3;
            double before = lists.isEmpty() ? 0 : Math.max(lists.getLast().fromSecond(), until(lists.getLast()));
            if (!lists.isEmpty() && (!from.isWritten() || begins < before)) {
                from.place().problem("must be a time not before the end of the list above; lists follow each other");
            }
            Duration ends = until.must(time -> time.toMillis() / 1e3 > begins, "after from")
                    .orNull();
            List<Group> own = groups(list, null);
            if (own.isEmpty()) {
                withoutList(list);
            } else {
                lists.add(new CallList(begins, ends == null ? Double.MAX_VALUE : ends.toMillis() / 1e3, own));
            }
        }
        return lists;
    }

    private static double until(CallList list) {
        return list.untilSecond() == Double.MAX_VALUE ? 0 : list.untilSecond();
    }

    /** @param lists the key that must not stand beside the groups, or null */
    private static List<Group> groups(YamlMap map, @Nullable Field<YamlList> lists) {
        YamlNode answer = map.node("answer");
        Field<YamlList> segments = map.list("segments");
        if (answer != null && (segments.isWritten() || lists != null)) {
            answer.problem("stands beside " + (lists != null ? "lists" : "segments") + ": keep one of the two");
        }
        if (segments.isWritten() && lists != null) {
            segments.place().problem("stands beside lists: keep one of the two");
        }
        YamlList written = segments.orNull();
        if (written == null) {
            return answer == null ? List.of() : List.of(new Group(null, 1, odds(answer)));
        }
        List<Group> groups = new ArrayList<>();
        for (YamlMap segment : written.maps()) {
            YamlNode odds = segment.node("answer");
            String grade = segment.value("grade", NAME).orElse(Integer.toString(groups.size()));
            double weight = segment.decimal("weight")
                    .must(share -> share > 0, "more than 0")
                    .orElse(1.0);
            groups.add(new Group(
                    grade,
                    weight,
                    odds == null ? new Odds.Constant(segment.percent("answer").required(0.0)) : odds(odds),
                    PeopleReader.lawOrNull(segment, "ring"),
                    PeopleReader.lawOrNull(segment, "unanswered")));
        }
        if (groups.isEmpty()) {
            segments.place().problem("must be a list of at least one segment");
        }
        return groups;
    }

    private static Odds odds(YamlNode node) {
        return switch (node) {
            case YamlScalar scalar -> {
                Double chance = ScalarType.PERCENT.read(scalar);
                yield new Odds.Constant(chance == null ? 0 : chance);
            }
            case YamlMap map -> changing(map);
            case YamlList list -> {
                list.problem("must be a percentage, for example 25%, or a mapping with switching, ramp or steps");
                yield new Odds.Constant(0);
            }
        };
    }

    private static Odds changing(YamlMap map) {
        String kind = PeopleReader.oneOf(map, "switching", "ramp", "steps");
        return switch (kind) {
            case "switching" ->
                new Odds.Switching(
                        map.values("switching", ScalarType.PERCENT)
                                .must(chances -> chances.size() >= 2, "at least two percentages")
                                .required(List.of(0.0)),
                        positive(map.duration("every")));
            case "ramp" -> {
                List<Double> ends = map.values("ramp", ScalarType.PERCENT)
                        .must(chances -> chances.size() == 2, "two percentages: [from, to]")
                        .orElse(List.of(0.0, 0.0));
                yield new Odds.Ramp(ends.getFirst(), ends.getLast(), positive(map.duration("over")));
            }
            case "steps" -> steps(map);
            default -> new Odds.Constant(0);
        };
    }

    private static double positive(Field<Duration> field) {
        return field.must(time -> !time.isZero(), "more than 0s")
                        .required(Duration.ofSeconds(1))
                        .toMillis()
                / 1e3;
    }

    private static Odds steps(YamlMap map) {
        List<Odds.Steps.Step> steps = new ArrayList<>();
        for (YamlMap step : map.maps("steps")) {
            Field<Duration> at = time(step.duration("at"));
            double second = at.required(Duration.ZERO).toMillis() / 1e3;
            if (!steps.isEmpty() && second <= steps.getLast().atSecond()) {
                at.place().problem("must be after the step above");
            }
            steps.add(new Odds.Steps.Step(second, step.percent("chance").required(0.0)));
        }
        if (steps.isEmpty()) {
            map.list("steps").place().problem("must be a list of at least one step, {at: 0s, chance: 25%}");
            return new Odds.Constant(0);
        }
        return new Odds.Steps(steps);
    }

    private static ScenarioTrunk trunk(YamlMap trunk) {
        return new ScenarioTrunk(
                limit(trunk, "channels", 1),
                limit(trunk, "channels-per-agent", 0),
                limit(trunk, "calls-per-second", 0),
                limit(trunk, "calls-per-second-per-agent", 0));
    }

    private static double limit(YamlMap trunk, String key, double least) {
        return trunk.decimal(key)
                .must(limit -> limit > 0 && limit >= least, least > 0 ? "at least " + (int) least : "more than 0")
                .orElse(ScenarioTrunk.NO_LIMIT);
    }

    private static AbandonmentTerms terms(YamlMap policy, String file) {
        AbandonmentTerms usual = AbandonmentTerms.DEFAULT;
        Duration window = policy.duration("window")
                .must(
                        time -> time.compareTo(AbandonmentTerms.SHORTEST_WINDOW) >= 0
                                && time.compareTo(AbandonmentTerms.LONGEST_WINDOW) <= 0,
                        "a duration from 1m to 366d")
                .orElse(A_DAY);
        Duration connect = policy.duration("connect-within")
                .must(time -> time.compareTo(AbandonmentTerms.LONGEST_CONNECT) <= 0, "a duration up to 1m")
                .orElse(Duration.ofMillis(usual.connectWithinMillis()));
        Duration ring = policy.duration("minimum-ring")
                .must(time -> time.compareTo(AbandonmentTerms.LONGEST_MINIMUM_RING) <= 0, "a duration up to 3m")
                .orElse(Duration.ofMillis(usual.minimumRingMillis()));
        return new AbandonmentTerms(
                "scenario",
                policy.percent("limit").orElse(usual.limitRatio()),
                usual.denominator(),
                new AbandonmentTerms.Window.Rolling(window.toMillis()),
                AbandonmentTerms.ClockStart.ANSWER,
                connect.toMillis(),
                ring.toMillis(),
                file);
    }
}
