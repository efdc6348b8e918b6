package org.paceline.daemon.config.read;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.calls.DailyTarget;
import org.paceline.daemon.complaints.ComplaintTerms;
import org.paceline.daemon.config.AgentConfig;
import org.paceline.daemon.config.ApiConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.DatabaseConfig;
import org.paceline.daemon.config.DepartmentConfig;
import org.paceline.daemon.config.FloorConfig;
import org.paceline.daemon.config.LeaderConfig;
import org.paceline.daemon.config.MediaConfig;
import org.paceline.daemon.config.NodeConfig;
import org.paceline.daemon.config.Secret;
import org.paceline.daemon.config.SipConfig;
import org.paceline.daemon.config.SupervisorConfig;
import org.paceline.daemon.config.TeamConfig;
import org.paceline.daemon.config.TrunkConfig;
import org.paceline.daemon.config.key.Types;
import org.paceline.daemon.database.Durability;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.LineKind;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.rules.Money;
import org.paceline.sip.trunk.TrunkAddress;
import org.paceline.yaml.ConfigProblems;
import org.paceline.yaml.Field;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlFile;
import org.paceline.yaml.YamlMap;

/** Reads {@code paceline.yaml}. What is missing takes the default that stands here; what is wrong is told. */
final class DaemonConfigReader {
    private final Path file;
    private final Path folder;
    private final YamlMap root;
    private final SecretSource secrets;
    private final Map<String, Integer> lineOfToken = new HashMap<>();

    private DaemonConfigReader(Path file, YamlMap root, Function<String, @Nullable String> environment) {
        this.file = file;
        this.folder = file.getParent() == null ? Path.of("") : file.getParent();
        this.root = root;
        this.secrets = new SecretSource(folder, environment);
    }

    /** Null where there is no YAML to be read; with any problem told, the result must not be used. */
    static @Nullable DaemonConfig read(
            Path file, Function<String, @Nullable String> environment, ConfigProblems problems) {
        YamlMap root = YamlFile.read(file, problems);
        if (root.keys().isEmpty() && !problems.isEmpty()) {
            return null;
        }
        return new DaemonConfigReader(file, root, environment).config();
    }

    private DaemonConfig config() {
        FloorConfig floor = FloorReader.floor(root.section("floor"));
        ApiConfig api = api(root.section("api"));
        List<TeamConfig> teams = FloorReader.teams(root, floor.pauseCodes(), api.leaders());
        DaemonConfig config = new DaemonConfig(
                file,
                node(root.section("node")),
                database(root.section("database")),
                sip(root.section("sip")),
                trunks(),
                departments(),
                media(root.section("media")),
                floor,
                teams,
                agents(teams),
                api,
                complaints(root.section("complaints")),
                DailyTargetReader.read(root.section("daily-target"), DailyTarget.NONE),
                campaignFolder(),
                folder.resolve(root.text("policies").orElse("policies")));
        refusePricesWithoutCurrency(config);
        tellShortPorts(config);
        root.refuseUnknownKeys();
        return config;
    }

    private void refusePricesWithoutCurrency(DaemonConfig config) {
        YamlMap node = root.section("node");
        if (node.node("currency") != null) {
            return;
        }
        config.trunks().stream()
                .filter(trunk -> trunk.tariff() != null)
                .findFirst()
                .ifPresent(trunk -> node.text("currency")
                        .place()
                        .problem("is missing: must be " + Types.CURRENCY.expected() + ", as trunk '" + trunk.id()
                                + "' has a tariff"));
    }

    /** Even ports only, one for each call of a campaign and one for each agent's phone. */
    private void tellShortPorts(DaemonConfig config) {
        MediaConfig media = config.media();
        int ports = (media.lastPort() - media.firstPort()) / 2 + 1;
        long channels = config.trunks().stream()
                .mapToLong(trunk -> trunk.channels() - trunk.reservedChannels())
                .sum();
        long needed = channels + config.agents().size();
        if (ports < needed) {
            root.section("media")
                    .integer("last-port")
                    .place()
                    .caution(ports + " RTP ports (the even ones from " + media.firstPort() + " to " + media.lastPort()
                            + ") are too few for " + channels + " channels and "
                            + config.agents().size() + " agents: must be at least "
                            + (media.firstPort() + 2 * (needed - 1)));
        }
    }

    private NodeConfig node(YamlMap node) {
        return new NodeConfig(
                node.value("name", Types.NAME).required("node"),
                node.value("zone", Types.ZONE).required(ZoneOffset.UTC),
                node.value("currency", Types.CURRENCY).orNull(),
                node.duration("drain-limit")
                        .must(Types.from(Duration.ZERO, Duration.ofHours(4)), "a duration up to 4h")
                        .orElse(Duration.ofSeconds(60)),
                node.duration("lease")
                        .must(Types.from(Duration.ofSeconds(40), Duration.ofMinutes(10)), "a duration from 40s to 10m")
                        .orElse(Duration.ofSeconds(60)));
    }

    private DatabaseConfig database(YamlMap database) {
        Field<String> path = database.text("file");
        Field<String> url = database.value("url", ScalarType.SECRET); // may have a password in it, so it is not shown
        String server = url.orNull();
        if (server != null && !server.matches("jdbc:postgresql:[^\\s\\p{Cntrl}]+")) {
            url.place().problem("must be a URL that begins with jdbc:postgresql: and has no spaces");
        }
        if (path.isWritten() && url.isWritten()) {
            url.place().problem("stands beside 'file': keep 'url' for PostgreSQL or 'file' for the embedded database");
        }
        Path embedded = folder.resolve(path.orElse("../data/paceline")).normalize();
        Path besideFile = embedded.getParent() == null ? Path.of("") : embedded.getParent();
        Field<String> logFolder = database.text("log-folder");
        return new DatabaseConfig(
                url.isWritten() ? null : embedded,
                url.orNull(),
                database.text("user").orElse("paceline"),
                secrets.optional(database.value("password", ScalarType.SECRET)),
                database.integer("connections")
                        .must(Types.from(4, 100), "a number from 4 to 100")
                        .orElse(8),
                database.choice("durability", Durability.class).orElse(Durability.PROCESS),
                logFolder.isWritten() ? folder.resolve(logFolder.orElse("")).normalize() : besideFile,
                database.duration("recovery-limit")
                        .must(Types.from(Duration.ofSeconds(1), Duration.ofHours(4)), "a duration from 1s to 4h")
                        .orElse(Duration.ofMinutes(5)));
    }

    private SipConfig sip(YamlMap sip) {
        String host = sip.value("host", Types.REACHABLE_HOST).required("127.0.0.1");
        return new SipConfig(
                host,
                sip.integer("port")
                        .must(Types.from(0, 65_535), Types.PORT_OR_ANY)
                        .orElse(5060),
                sip.value("caller-id-host", Types.REACHABLE_HOST).orElse(host),
                sip.value("user-agent", Types.USER_AGENT).orElse("Paceline"));
    }

    private List<TrunkConfig> trunks() {
        Field<?> written = root.list("trunks");
        Names names = new Names("trunk");
        List<TrunkConfig> trunks =
                root.maps("trunks").stream().map(trunk -> trunk(trunk, names)).toList();
        if (trunks.isEmpty() && !written.isWritten()) {
            written.place().problem("is missing: must be a list of at least one trunk");
        } else if (trunks.isEmpty() && written.orNull() != null) {
            written.place().problem("is empty: must have at least one trunk");
        }
        return trunks;
    }

    private static TrunkConfig trunk(YamlMap trunk, Names names) {
        int channels = trunk.integer("channels")
                .must(Types.from(1, 100_000), "a number from 1 to 100000")
                .required(1);
        return new TrunkConfig(
                new TrunkId(names.read(trunk)),
                trunk.value("host", Types.REACHABLE_HOST).required("127.0.0.1"),
                trunk.integer("port").must(Types.from(1, 65_535), Types.PORT).orElse(5060),
                channels,
                trunk.integer("reserved-channels")
                        .must(Types.from(0, channels - 1), "a number from 0 to below channels, which is " + channels)
                        .orElse(0),
                trunk.decimal("calls-per-second")
                        .must(rate -> rate > 0 && rate <= 10_000, "a number above 0, at most 10000")
                        .orElse(10.0),
                trunk.values("caller-ids", Types.NUMBERS).orElse(List.of()),
                trunk.integer("priority")
                        .must(Types.from(1, 1_000), "a number from 1 to 1000, lower is tried first")
                        .orElse(1),
                trunk.choice("probe", TrunkAddress.Probe.class).orElse(TrunkAddress.Probe.OPTIONS),
                trunk.duration("probe-interval")
                        .must(Types.from(Duration.ofSeconds(1), Duration.ofHours(1)), "a duration from 1s to 1h")
                        .orElse(Duration.ofSeconds(30)),
                trunk.values("redirects", Types.ADDRESS).orElse(List.of()),
                TariffReader.read(trunk));
    }

    private List<DepartmentConfig> departments() {
        Names names = new Names("department");
        return root.maps("departments").stream()
                .map(department -> new DepartmentConfig(
                        names.read(department),
                        department.section("budget").value("month", Money.TYPE).required(0L)))
                .toList();
    }

    private MediaConfig media(YamlMap media) {
        Field<Integer> first = media.integer("first-port")
                .must(port -> port >= 1_024 && port < 65_535 && port % 2 == 0, "an even port from 1024 to 65534");
        int firstPort = first.orElse(20_000);
        int lastPort = media.integer("last-port")
                .must(
                        port -> port > firstPort && port <= 65_535,
                        "a port from " + (firstPort + 1) + " to 65535, above first-port")
                .orElse(Math.max(29_999, firstPort + 1));
        return new MediaConfig(
                firstPort,
                lastPort,
                resolved(media.text("recordings")),
                media.duration("silence-timeout")
                        .must(Types.from(Duration.ZERO, Duration.ofHours(1)), "a duration up to 1h, 0s for never")
                        .orElse(Duration.ofSeconds(60)),
                media.duration("phone-timeout")
                        .must(
                                limit -> limit.isZero()
                                        || Types.from(Duration.ofSeconds(2), Duration.ofHours(1))
                                                .test(limit),
                                "a duration from 2s to 1h, 0s for never")
                        .orElse(Duration.ofSeconds(3)));
    }

    private List<AgentConfig> agents(List<TeamConfig> teams) {
        Names names = new Names("agent");
        return root.maps("agents").stream()
                .map(agent -> new AgentConfig(
                        new AgentId(names.read(agent)),
                        new AgentAddress(
                                agent.value("address", Types.SIP_URI).required("sip:nobody@localhost"),
                                agent.choice("line", LineKind.class).orElse(LineKind.STANDING)),
                        FloorReader.teamOf(agent, teams),
                        new LinkedHashSet<>(agent.values("skills", Types.NAME).orElse(List.of())),
                        campaignsOf(agent),
                        token(agent),
                        agent.list("campaigns").place().line()))
                .toList();
    }

    /** An agent of a campaign that does not exist is told when the campaigns are known. */
    private static Set<CampaignId> campaignsOf(YamlMap agent) {
        Set<CampaignId> campaigns = new LinkedHashSet<>();
        for (String name : agent.values("campaigns", Types.NAME).orElse(List.of())) {
            campaigns.add(new CampaignId(name));
        }
        return campaigns;
    }

    private static ComplaintTerms complaints(YamlMap complaints) {
        return new ComplaintTerms(
                complaints
                        .text("owner")
                        .must(name -> !name.isBlank() && name.length() <= 200, "a name of at most 200 characters")
                        .orElse(ComplaintTerms.DEFAULT.owner()),
                complaints
                        .duration("due")
                        .must(Types.from(Duration.ofMinutes(1), Duration.ofDays(366)), "a duration from 1m to 366d")
                        .orElse(ComplaintTerms.DEFAULT.due()));
    }

    private ApiConfig api(YamlMap api) {
        Names names = new Names("supervisor");
        List<SupervisorConfig> supervisors = new ArrayList<>();
        for (YamlMap supervisor : api.maps("supervisors")) {
            supervisors.add(new SupervisorConfig(names.read(supervisor), token(supervisor)));
        }
        Names leaderNames = new Names("leader");
        List<LeaderConfig> leaders = new ArrayList<>();
        for (YamlMap leader : api.maps("leaders")) {
            leaders.add(new LeaderConfig(leaderNames.read(leader), token(leader)));
        }
        return new ApiConfig(
                api.value("host", Types.HOST).orElse("127.0.0.1"),
                api.integer("port")
                        .must(Types.from(0, 65_535), Types.PORT_OR_ANY)
                        .orElse(8080),
                supervisors,
                leaders);
    }

    /** A token says who somebody is, so no two may share one. */
    private Secret token(YamlMap owner) {
        Field<String> field = owner.value("token", ScalarType.SECRET);
        Secret token = secrets.token(field);
        if (!token.isEmpty()) {
            int line = field.place().line();
            Integer earlier = lineOfToken.putIfAbsent(token.reveal(), line);
            if (earlier != null) {
                field.place().problem("is the token of line " + earlier + " too; give each its own");
            }
        }
        return token;
    }

    private Path campaignFolder() {
        Field<String> field = root.text("campaigns");
        Path campaigns = folder.resolve(field.orElse("campaigns"));
        if (!Files.isDirectory(campaigns)) {
            field.place().problem("no folder " + campaigns + "; it must hold one YAML file a campaign");
        }
        return campaigns;
    }

    private @Nullable Path resolved(Field<String> field) {
        String path = field.orNull();
        return path == null ? null : folder.resolve(path).normalize();
    }
}
