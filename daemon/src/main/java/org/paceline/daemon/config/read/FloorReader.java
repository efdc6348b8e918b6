package org.paceline.daemon.config.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.FloorConfig;
import org.paceline.daemon.config.LeaderConfig;
import org.paceline.daemon.config.TeamConfig;
import org.paceline.daemon.config.key.Types;
import org.paceline.dialer.agent.PauseCode;
import org.paceline.yaml.Field;
import org.paceline.yaml.YamlMap;

/** Reads what holds for all agents: {@code floor} and {@code teams}. */
final class FloorReader {

    private FloorReader() {}

    static FloorConfig floor(YamlMap floor) {
        List<PauseCode> codes = pauseCodes(floor);
        Field<Duration> breakTime = floor.duration("break-time")
                .must(Types.from(Duration.ofMinutes(1), Duration.ofHours(24)), "a duration from 1m to 24h");
        refuseWithoutBreaks(breakTime, codes);
        return new FloorConfig(
                codes,
                breakTime.orElse(Duration.ZERO),
                lineLimit(floor.duration("sign-in-limit"), Duration.ofMinutes(2)),
                lineLimit(floor.duration("line-grace"), Duration.ofMinutes(1)));
    }

    private static Duration lineLimit(Field<Duration> field, Duration otherwise) {
        return field.must(
                        limit -> limit.isZero()
                                || Types.from(Duration.ofSeconds(5), Duration.ofHours(4))
                                        .test(limit),
                        "a duration from 5s to 4h, or 0s for no limit")
                .orElse(otherwise);
    }

    private static List<PauseCode> pauseCodes(YamlMap floor) {
        Map<String, Integer> lineOf = new HashMap<>();
        List<PauseCode> codes = new ArrayList<>();
        for (YamlMap entry : floor.maps("pause-codes")) {
            Field<String> code = entry.value("code", Types.NAME);
            String name = code.required("unnamed");
            Integer earlier = lineOf.putIfAbsent(name, code.place().line());
            if (code.orNull() != null && earlier != null) {
                code.place().problem("'" + name + "' is there already, in line " + earlier + "; name each one once");
            }
            codes.add(new PauseCode(
                    name,
                    entry.duration("length")
                            .must(Types.from(Duration.ofSeconds(1), Duration.ofHours(24)), "a duration from 1s to 24h")
                            .orElse(Duration.ZERO)
                            .toMillis(),
                    entry.flag("break").orElse(false)));
        }
        return codes;
    }

    static List<TeamConfig> teams(YamlMap root, List<PauseCode> codes, List<LeaderConfig> leaders) {
        Names names = new Names("team");
        List<TeamConfig> teams = new ArrayList<>();
        for (YamlMap team : root.maps("teams")) {
            Field<Integer> onBreak =
                    team.integer("on-break-at-most").must(Types.from(1, 10_000), "a number from 1 to 10000");
            refuseWithoutBreaks(onBreak, codes);
            teams.add(new TeamConfig(names.read(team), leaderOf(team, leaders), onBreak.orNull()));
        }
        return teams;
    }

    private static @Nullable String leaderOf(YamlMap team, List<LeaderConfig> leaders) {
        Field<String> field = team.value("leader", Types.NAME);
        String name = field.orNull();
        List<String> known = leaders.stream().map(LeaderConfig::name).toList();
        if (name != null && !known.contains(name)) {
            field.place().problem("no leader '" + name + "' in api.leaders; " + there(known));
        }
        return name;
    }

    private static String there(List<String> names) {
        return names.isEmpty() ? "it is empty" : "there: " + String.join(", ", names);
    }

    private static void refuseWithoutBreaks(Field<?> limit, List<PauseCode> codes) {
        if (limit.orNull() != null && codes.stream().noneMatch(PauseCode::isBreak)) {
            limit.place().problem("limits nothing: no code of floor.pause-codes has break: true");
        }
    }

    /** The team of an agent, or null. */
    static @Nullable String teamOf(YamlMap agent, List<TeamConfig> teams) {
        Field<String> field = agent.value("team", Types.NAME);
        String name = field.orNull();
        List<String> known = teams.stream().map(TeamConfig::name).toList();
        if (name != null && !known.contains(name)) {
            field.place().problem("no team '" + name + "' in teams; " + there(known));
        }
        return name;
    }
}
