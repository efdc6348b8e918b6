package org.paceline.daemon.config.read;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
import org.paceline.daemon.config.AccountConfig;
import org.paceline.daemon.config.AgentConfig;
import org.paceline.daemon.config.ApiConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.DatabaseConfig;
import org.paceline.daemon.config.DepartmentConfig;
import org.paceline.daemon.config.FloorConfig;
import org.paceline.daemon.config.LeaderConfig;
import org.paceline.daemon.config.MediaConfig;
import org.paceline.daemon.config.NodeConfig;
import org.paceline.daemon.config.PhoneConfig;
import org.paceline.daemon.config.RegistrarConfig;
import org.paceline.daemon.config.Secret;
import org.paceline.daemon.config.SipConfig;
import org.paceline.daemon.config.SupervisorConfig;
import org.paceline.daemon.config.TeamConfig;
import org.paceline.daemon.config.TrunkConfig;
import org.paceline.daemon.config.key.CommonKeys;
import org.paceline.daemon.config.key.FloorKeys;
import org.paceline.daemon.config.key.NodeKeys;
import org.paceline.daemon.config.key.PhoneKeys;
import org.paceline.daemon.config.key.TrunkKeys;
import org.paceline.daemon.config.key.Types;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.sip.dialog.SipExtensions;
import org.paceline.sip.dns.Families;
import org.paceline.yaml.ConfigProblems;
import org.paceline.yaml.Field;
import org.paceline.yaml.YamlFile;
import org.paceline.yaml.YamlMap;
import org.paceline.yaml.key.Bounds;

/** Reads {@code paceline.yaml}. A missing value takes the default given here; a wrong one is reported. */
final class DaemonConfigReader {
    private final Path file;
    private final Path folder;
    private final YamlMap root;
    private final SecretSource secrets;
    private final TlsReader tls;
    private final SipConfig sip;
    private final Map<String, Integer> lineOfToken = new HashMap<>();

    private DaemonConfigReader(Path file, YamlMap root, Function<String, @Nullable String> environment) {
        this.file = file;
        this.folder = file.getParent() == null ? Path.of("") : file.getParent();
        this.root = root;
        this.secrets = new SecretSource(folder, environment);
        this.tls = new TlsReader(folder, Clock.systemUTC());
        this.sip = SocketsReader.sip(NodeKeys.SIP.in(root), tls);
    }

    /**
     * Reads the file; returns null where there is no YAML to be read. Where any problem was reported, the result must
     * not be used.
     */
    static @Nullable DaemonConfig read(
            Path file, Function<String, @Nullable String> environment, ConfigProblems problems) {
        YamlMap root = YamlFile.read(file, problems);
        if (root.keys().isEmpty() && !problems.isEmpty()) {
            return null;
        }
        return new DaemonConfigReader(file, root, environment).config();
    }

    private DaemonConfig config() {
        FloorConfig floor = FloorReader.floor(FloorKeys.FLOOR.in(root));
        ApiConfig api = api(FloorKeys.API.in(root));
        List<TeamConfig> teams = FloorReader.teams(root, floor.pauseCodes(), api.leaders());
        RegistrarConfig registrar = PhoneReader.registrar(PhoneKeys.REGISTRAR.in(root));
        DaemonConfig config = new DaemonConfig(
                file,
                node(NodeKeys.NODE.in(root)),
                database(NodeKeys.DATABASE.in(root)),
                sip,
                registrar,
                trunks(Families.of(sip.host())),
                departments(),
                SocketsReader.media(NodeKeys.MEDIA.in(root), sip, folder),
                floor,
                teams,
                agents(teams, registrar),
                api,
                complaints(NodeKeys.COMPLAINTS.in(root)),
                DailyTargetReader.read(NodeKeys.DAILY_TARGET.in(root), DailyTarget.NONE),
                campaignFolder(),
                folder.resolve(NodeKeys.POLICIES.of(root)));
        refusePricesWithoutCurrency(config);
        tellShortPorts(config);
        root.refuseUnknownKeys();
        return config;
    }

    private void refusePricesWithoutCurrency(DaemonConfig config) {
        YamlMap node = NodeKeys.NODE.in(root);
        if (node.node(NodeKeys.CURRENCY.name()) != null) {
            return;
        }
        config.trunks().stream()
                .filter(trunk -> trunk.tariff() != null)
                .findFirst()
                .ifPresent(trunk -> NodeKeys.CURRENCY
                        .in(node)
                        .place()
                        .problem("is missing: must be " + Types.CURRENCY.expected() + ", as trunk '" + trunk.id()
                                + "' has a tariff"));
    }

    /**
     * Reports too few RTP ports: only even ports count, one for each call of a campaign and one for each agent's phone.
     */
    private void tellShortPorts(DaemonConfig config) {
        MediaConfig media = config.media();
        int ports = (media.lastPort() - media.firstPort()) / 2 + 1;
        long channels = config.trunks().stream()
                .mapToLong(trunk -> trunk.channels() - trunk.reservedChannels())
                .sum();
        long needed = channels + config.agents().size();
        if (ports < needed) {
            NodeKeys.LAST_PORT
                    .in(NodeKeys.MEDIA.in(root))
                    .place()
                    .caution(ports + " RTP ports (the even ones from " + media.firstPort() + " to " + media.lastPort()
                            + ") are too few for " + channels + " channels and "
                            + config.agents().size() + " agents: must be at least "
                            + (media.firstPort() + 2 * (needed - 1)));
        }
    }

    private NodeConfig node(YamlMap node) {
        return new NodeConfig(
                NodeKeys.NAME.of(node),
                NodeKeys.ZONE.of(node),
                NodeKeys.CURRENCY.orNull(node),
                NodeKeys.DRAIN_LIMIT.of(node),
                NodeKeys.LEASE.of(node));
    }

    private DatabaseConfig database(YamlMap database) {
        Field<String> path = NodeKeys.FILE.in(database);
        Field<String> url = NodeKeys.URL.in(database);
        String server = url.orNull();
        if (server != null && !server.matches("jdbc:postgresql:[^\\s\\p{Cntrl}]+")) {
            url.place().problem("must be a URL that begins with jdbc:postgresql: and has no spaces");
        } else if (server != null && server.matches("jdbc:postgresql://[^?]*@.*")) {
            url.place()
                    .problem("has an '@': the driver takes no user and password before the host; set database.user and"
                            + " database.password");
        }
        if (path.isWritten() && url.isWritten()) {
            url.place().problem("stands beside 'file': keep 'url' for PostgreSQL or 'file' for the embedded database");
        }
        Path embedded = folder.resolve(NodeKeys.FILE.of(database)).normalize();
        if (embedded.toAbsolutePath().toString().contains(";")) {
            path.place().problem("must be a path without ';', behind which H2 reads options");
        }
        Path besideFile = embedded.getParent() == null ? Path.of("") : embedded.getParent();
        Field<String> logFolder = NodeKeys.LOG_FOLDER.in(database);
        return new DatabaseConfig(
                url.isWritten() ? null : embedded,
                url.orNull(),
                NodeKeys.USER.of(database),
                secrets.optional(NodeKeys.PASSWORD.in(database)),
                NodeKeys.CONNECTIONS.of(database),
                NodeKeys.DURABILITY.of(database),
                logFolder.isWritten() ? folder.resolve(logFolder.orElse("")).normalize() : besideFile,
                NodeKeys.RECOVERY_LIMIT.of(database),
                NodeKeys.COPY_EVERY.of(database));
    }

    private List<TrunkConfig> trunks(Families families) {
        Field<?> written = root.list(TrunkKeys.TRUNKS.name());
        Names names = new Names("trunk");
        TrunkMatchReader matches = new TrunkMatchReader();
        List<TrunkConfig> trunks = TrunkKeys.TRUNKS.in(root).stream()
                .map(trunk -> trunk(trunk, names, matches, families))
                .toList();
        if (trunks.isEmpty() && !written.isWritten()) {
            written.place().problem("is missing: must be a list of at least one trunk");
        } else if (trunks.isEmpty() && written.orNull() != null) {
            written.place().problem("is empty: must have at least one trunk");
        }
        return trunks;
    }

    private TrunkConfig trunk(YamlMap trunk, Names names, TrunkMatchReader matches, Families families) {
        int channels = TrunkKeys.CHANNELS.of(trunk);
        String name = names.read(trunk);
        return new TrunkConfig(
                new TrunkId(name),
                TrunkHostsReader.read(trunk, families, tls.trunk(trunk, sip.transports(), sip.tls())),
                TrunkKeys.FAILOVER_AFTER.of(trunk),
                channels,
                TrunkKeys.RESERVED_CHANNELS
                        .within(Bounds.of(
                                "a number from 0 to below channels, which is " + channels,
                                reserved -> reserved >= 0 && reserved < channels))
                        .of(trunk),
                TrunkKeys.CALLS_PER_SECOND.of(trunk),
                TrunkKeys.CALLER_IDS.of(trunk),
                TrunkKeys.PRIORITY.of(trunk),
                TrunkKeys.PROBE.of(trunk),
                TrunkKeys.PROBE_INTERVAL.of(trunk),
                matches.read(trunk, name),
                TrunkKeys.REDIRECTS.of(trunk),
                new SipExtensions(TrunkKeys.RELIABLE.of(trunk), (int)
                        TrunkKeys.SESSION_EXPIRES.of(trunk).toSeconds()),
                IdentityReader.read(trunk),
                account(trunk),
                TariffReader.read(trunk));
    }

    private @Nullable AccountConfig account(YamlMap trunk) {
        YamlMap account = TrunkKeys.ACCOUNT.orNull(trunk);
        if (account == null) {
            return null;
        }
        return new AccountConfig(
                TrunkKeys.USER.of(account),
                secrets.required(TrunkKeys.PASSWORD.in(account)),
                TrunkKeys.REALM.orNull(account),
                TrunkKeys.REGISTER.of(account),
                TrunkKeys.DOMAIN.in(account).orElse(TrunkHostsReader.firstHost(trunk)),
                TrunkKeys.EXPIRES.of(account));
    }

    private List<DepartmentConfig> departments() {
        Names names = new Names("department");
        return TrunkKeys.DEPARTMENTS.in(root).stream()
                .map(department -> new DepartmentConfig(
                        names.read(department), TrunkKeys.MONTH.of(TrunkKeys.BUDGET.in(department))))
                .toList();
    }

    private List<AgentConfig> agents(List<TeamConfig> teams, RegistrarConfig registrar) {
        Names names = new Names("agent");
        PhoneReader phones = new PhoneReader(registrar.realm(), secrets, sip.transports());
        return FloorKeys.AGENTS.in(root).stream()
                .map(agent -> agent(agent, names.read(agent), phones, teams))
                .toList();
    }

    private AgentConfig agent(YamlMap agent, String name, PhoneReader phones, List<TeamConfig> teams) {
        PhoneConfig phone = phones.phone(agent, name);
        return new AgentConfig(
                new AgentId(name),
                new AgentAddress(phones.address(agent, phone), FloorKeys.LINE_KIND.of(agent)),
                phone,
                FloorReader.teamOf(agent, teams),
                new LinkedHashSet<>(FloorKeys.SKILLS.of(agent)),
                campaignsOf(agent),
                token(agent),
                agent.list(FloorKeys.CAMPAIGNS.name()).place().line());
    }

    /** Returns an agent's campaigns. One that does not exist is reported once the campaigns are known. */
    private static Set<CampaignId> campaignsOf(YamlMap agent) {
        Set<CampaignId> campaigns = new LinkedHashSet<>();
        for (String name : FloorKeys.CAMPAIGNS.of(agent)) {
            campaigns.add(new CampaignId(name));
        }
        return campaigns;
    }

    private static ComplaintTerms complaints(YamlMap complaints) {
        return new ComplaintTerms(NodeKeys.OWNER.of(complaints), NodeKeys.DUE.of(complaints));
    }

    private ApiConfig api(YamlMap api) {
        Names names = new Names("supervisor");
        List<SupervisorConfig> supervisors = new ArrayList<>();
        for (YamlMap supervisor : FloorKeys.SUPERVISORS.in(api)) {
            supervisors.add(new SupervisorConfig(names.read(supervisor), token(supervisor)));
        }
        Names leaderNames = new Names("leader");
        List<LeaderConfig> leaders = new ArrayList<>();
        for (YamlMap leader : FloorKeys.LEADERS.in(api)) {
            leaders.add(new LeaderConfig(leaderNames.read(leader), token(leader)));
        }
        return new ApiConfig(FloorKeys.API_HOST.of(api), FloorKeys.API_PORT.of(api), supervisors, leaders);
    }

    /** Reads a token. A token identifies a person, so no two may be the same. */
    private Secret token(YamlMap owner) {
        Field<String> field = CommonKeys.TOKEN.in(owner);
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
        Field<String> field = NodeKeys.CAMPAIGNS.in(root);
        Path campaigns = folder.resolve(NodeKeys.CAMPAIGNS.of(root));
        if (!Files.isDirectory(campaigns)) {
            field.place().problem("no folder " + campaigns + "; it must hold one YAML file a campaign");
        }
        return campaigns;
    }
}
