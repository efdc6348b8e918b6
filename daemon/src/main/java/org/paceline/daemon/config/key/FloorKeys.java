package org.paceline.daemon.config.key;

import java.time.Duration;
import java.util.List;
import org.paceline.daemon.config.AgentConfig;
import org.paceline.daemon.config.ApiConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.FloorConfig;
import org.paceline.daemon.config.LeaderConfig;
import org.paceline.daemon.config.SupervisorConfig;
import org.paceline.daemon.config.TeamConfig;
import org.paceline.dialer.agent.LineKind;
import org.paceline.dialer.agent.PauseCode;
import org.paceline.dialer.id.CampaignId;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.key.Bounds;
import org.paceline.yaml.key.Key;
import org.paceline.yaml.key.ListKey;
import org.paceline.yaml.key.Section;
import org.paceline.yaml.key.SectionList;

/** The people of {@code paceline.yaml}: {@code floor}, {@code teams}, {@code agents} and {@code api}. */
public final class FloorKeys {
    private static final Bounds<Duration> LINE =
            Bounds.durations(Duration.ofSeconds(5), Duration.ofHours(4)).or(Duration.ZERO, "or 0s for no limit");

    public static final Key<PauseCode, String> CODE =
            Key.of("code", Types.NAME, "").required("unnamed").shown(PauseCode::code);
    public static final Key<PauseCode, Duration> LENGTH = Key.of(
                    "length", ScalarType.DURATION, "longer is shown as over the limit; none for as long as it takes")
            .within(Bounds.durations(Duration.ofSeconds(1), Duration.ofHours(24))
                    .saying("a duration from 1s to 24h"))
            .shown((PauseCode code) -> CommonKeys.limit(code.lengthMillis()));
    public static final Key<PauseCode, Boolean> BREAK = Key.of(
                    "break", ScalarType.FLAG, "counts against on-break-at-most and break-time")
            .usually(false)
            .shown(PauseCode::isBreak);
    public static final SectionList<FloorConfig, PauseCode> PAUSE_CODES = SectionList.<PauseCode>of(
                    "pause-codes",
                    "with a list, a pause must be for one of them; without one, for any reason",
                    List.of(CODE, LENGTH, BREAK))
            .shown(FloorConfig::pauseCodes);
    public static final Key<FloorConfig, Duration> BREAK_TIME = Key.of(
                    "break-time", ScalarType.DURATION, "most time on break an agent and day; none for no such limit")
            .within(Bounds.durations(Duration.ofMinutes(1), Duration.ofHours(24))
                    .saying("a duration from 1m to 24h"))
            .shown((FloorConfig floor) -> CommonKeys.limit(floor.breakTime().toMillis()));
    public static final Key<FloorConfig, Duration> SIGN_IN_LIMIT = Key.of(
                    "sign-in-limit",
                    ScalarType.DURATION,
                    "a standing line that takes longer to come up signs the agent out; 0s for never")
            .within(LINE)
            .usually(Duration.ofMinutes(2))
            .shown(FloorConfig::signInLimit);
    public static final Key<FloorConfig, Duration> LINE_GRACE = Key.of(
                    "line-grace",
                    ScalarType.DURATION,
                    "a standing line that is down for longer signs the agent out; 0s for never")
            .within(LINE)
            .usually(Duration.ofMinutes(1))
            .shown(FloorConfig::lineGrace);
    public static final Section<DaemonConfig, FloorConfig> FLOOR = Section.of(
                    "floor", "", List.of(PAUSE_CODES, BREAK_TIME, SIGN_IN_LIMIT, LINE_GRACE))
            .shown(DaemonConfig::floor);

    public static final Key<TeamConfig, String> LEADER =
            Key.of("leader", Types.NAME, "of api.leaders; none for no leader").shown(TeamConfig::leader);
    public static final Key<TeamConfig, Integer> ON_BREAK_AT_MOST = Key.of(
                    "on-break-at-most", ScalarType.INTEGER, "a break over it is refused; none for any number")
            .within(Bounds.numbers(1, 10_000))
            .shown(TeamConfig::onBreakAtMost);
    public static final SectionList<DaemonConfig, TeamConfig> TEAMS = SectionList.<TeamConfig>of(
                    "teams", "", List.of(CommonKeys.NAME.shownAs(TeamConfig::name), LEADER, ON_BREAK_AT_MOST))
            .shown(DaemonConfig::teams);

    public static final Key<AgentConfig, String> ADDRESS = Key.of(
                    "address", Types.SIP_URI, "of a phone that does not register")
            .shown((AgentConfig agent) -> agent.address().uri())
            .when(agent -> agent.phone() == null);
    public static final Key<AgentConfig, LineKind> LINE_KIND = Key.of(
                    "line",
                    ScalarType.choice(LineKind.class),
                    "called at sign-in and kept up; or per-call: called for each customer who answered")
            .usually(LineKind.STANDING)
            .shown((AgentConfig agent) -> agent.address().line());
    public static final Key<AgentConfig, String> TEAM =
            Key.of("team", Types.NAME, "of teams; none for no team").shown(AgentConfig::team);
    public static final ListKey<AgentConfig, String> SKILLS = CommonKeys.skills(
                    "what the agent can do, as the skills of campaigns ask for it")
            .shown(AgentConfig::skills);
    public static final ListKey<AgentConfig, String> CAMPAIGNS = ListKey.of(
                    "campaigns", Types.NAME, "whose customers the agent takes; none for every campaign")
            .shown((AgentConfig agent) ->
                    agent.campaigns().stream().map(CampaignId::value).toList());
    public static final SectionList<DaemonConfig, AgentConfig> AGENTS = SectionList.<AgentConfig>of(
                    "agents",
                    "",
                    List.of(
                            CommonKeys.NAME.shownAs(AgentConfig::id),
                            ADDRESS,
                            PhoneKeys.PHONE,
                            LINE_KIND,
                            TEAM,
                            SKILLS,
                            CAMPAIGNS,
                            CommonKeys.TOKEN.shownAs(AgentConfig::token)))
            .shown(DaemonConfig::agents);

    public static final Key<ApiConfig, String> API_HOST =
            Key.of("host", Types.HOST, "").usually("127.0.0.1").shown(ApiConfig::host);
    public static final Key<ApiConfig, Integer> API_PORT = Key.of("port", ScalarType.INTEGER, "TCP; 0 for any free one")
            .within(Types.PORT_OR_ANY)
            .usually(8080)
            .shown(ApiConfig::port);
    public static final SectionList<ApiConfig, SupervisorConfig> SUPERVISORS = SectionList.<SupervisorConfig>of(
                    "supervisors",
                    "see and command everything",
                    List.of(
                            CommonKeys.NAME.shownAs(SupervisorConfig::name),
                            CommonKeys.TOKEN.shownAs(SupervisorConfig::token)))
            .shown(ApiConfig::supervisors);
    public static final SectionList<ApiConfig, LeaderConfig> LEADERS = SectionList.<LeaderConfig>of(
                    "leaders",
                    "see and command the agents of their teams",
                    List.of(CommonKeys.NAME.shownAs(LeaderConfig::name), CommonKeys.TOKEN.shownAs(LeaderConfig::token)))
            .shown(ApiConfig::leaders);
    public static final Section<DaemonConfig, ApiConfig> API = Section.of(
                    "api", "", List.of(API_HOST, API_PORT, SUPERVISORS, LEADERS))
            .shown(DaemonConfig::api);

    private FloorKeys() {}
}
