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
import org.paceline.daemon.config.key.FloorKeys;
import org.paceline.dialer.agent.PauseCode;
import org.paceline.yaml.Field;
import org.paceline.yaml.YamlMap;

/** Reads the terms for all agents: {@code floor} and {@code teams}. */
final class FloorReader {

    private FloorReader() {}

    static FloorConfig floor(YamlMap floor) {
        List<PauseCode> codes = pauseCodes(floor);
        Field<Duration> breakTime = FloorKeys.BREAK_TIME.in(floor);
        refuseWithoutBreaks(breakTime, codes);
        return new FloorConfig(
                codes,
                breakTime.orElse(Duration.ZERO),
                FloorKeys.SIGN_IN_LIMIT.of(floor),
                FloorKeys.LINE_GRACE.of(floor));
    }

    private static List<PauseCode> pauseCodes(YamlMap floor) {
        Map<String, Integer> lineOf = new HashMap<>();
        List<PauseCode> codes = new ArrayList<>();
        for (YamlMap entry : FloorKeys.PAUSE_CODES.in(floor)) {
            Field<String> code = FloorKeys.CODE.in(entry);
            String name = code.required("unnamed");
            Integer earlier = lineOf.putIfAbsent(name, code.place().line());
            if (code.orNull() != null && earlier != null) {
                code.place().problem("'" + name + "' is there already, in line " + earlier + "; name each one once");
            }
            codes.add(new PauseCode(
                    name, FloorKeys.LENGTH.in(entry).orElse(Duration.ZERO).toMillis(), FloorKeys.BREAK.of(entry)));
        }
        return codes;
    }

    static List<TeamConfig> teams(YamlMap root, List<PauseCode> codes, List<LeaderConfig> leaders) {
        Names names = new Names("team");
        List<TeamConfig> teams = new ArrayList<>();
        for (YamlMap team : FloorKeys.TEAMS.in(root)) {
            Field<Integer> onBreak = FloorKeys.ON_BREAK_AT_MOST.in(team);
            refuseWithoutBreaks(onBreak, codes);
            teams.add(new TeamConfig(names.read(team), leaderOf(team, leaders), onBreak.orNull()));
        }
        return teams;
    }

    private static @Nullable String leaderOf(YamlMap team, List<LeaderConfig> leaders) {
        Field<String> field = FloorKeys.LEADER.in(team);
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

    /** Returns the team of an agent, or null. */
    static @Nullable String teamOf(YamlMap agent, List<TeamConfig> teams) {
        Field<String> field = FloorKeys.TEAM.in(agent);
        String name = field.orNull();
        List<String> known = teams.stream().map(TeamConfig::name).toList();
        if (name != null && !known.contains(name)) {
            field.place().problem("no team '" + name + "' in teams; " + there(known));
        }
        return name;
    }
}
