package org.paceline.daemon.config.key;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.calls.DailyTarget;
import org.paceline.daemon.complaints.ComplaintTerms;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.DatabaseConfig;
import org.paceline.daemon.config.MediaConfig;
import org.paceline.daemon.config.NodeConfig;
import org.paceline.daemon.config.SipConfig;
import org.paceline.daemon.database.Durability;
import org.paceline.daemon.database.JdbcUrls;
import org.paceline.sip.SipSettings;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.key.Bounds;
import org.paceline.yaml.key.Key;
import org.paceline.yaml.key.ListKey;
import org.paceline.yaml.key.Section;

/** The keys of {@code paceline.yaml} about the node itself, its database, sockets and media. */
public final class NodeKeys {
    public static final Key<NodeConfig, String> NAME = Key.of(
                    "name", Types.NAME, "unlike any other node's on the same database")
            .required("node")
            .shown(NodeConfig::name);
    public static final Key<NodeConfig, ZoneId> ZONE = Key.of(
                    "zone", Types.ZONE, "whose midnight ends an agent's day and a campaign's term")
            .required(ZoneOffset.UTC)
            .shown(NodeConfig::zone);
    public static final Key<NodeConfig, String> CURRENCY = Key.of(
                    "currency", Types.CURRENCY, "of tariffs and budgets; needed once a trunk has a tariff")
            .shown(NodeConfig::currency);
    public static final Key<NodeConfig, Duration> DRAIN_LIMIT = Key.of(
                    "drain-limit", ScalarType.DURATION, "how long live calls may last after SIGTERM")
            .within(CommonKeys.UP_TO_4H)
            .usually(Duration.ofSeconds(60))
            .shown(NodeConfig::drainLimit);
    public static final Key<NodeConfig, Duration> LEASE = Key.of(
                    "lease",
                    ScalarType.DURATION,
                    "with several nodes: how long it holds leads and calls without a sign of life, 40s to 10m")
            .within(Bounds.durations(Duration.ofSeconds(40), Duration.ofMinutes(10)))
            .usually(Duration.ofSeconds(60))
            .shown(NodeConfig::lease);
    public static final Section<DaemonConfig, NodeConfig> NODE = Section.of(
                    "node", "", List.of(NAME, ZONE, CURRENCY, DRAIN_LIMIT, LEASE))
            .required()
            .shown(DaemonConfig::node);

    public static final Key<DatabaseConfig, String> FILE = Key.of(
                    "file", ScalarType.TEXT, "the embedded database, for one node; this is the default")
            .usually("../data/paceline")
            .shownAs(DatabaseConfig::file)
            .when(database -> database.url() == null);
    /** The database's URL. It may contain a password, so it is not shown in problems. */
    public static final Key<DatabaseConfig, String> URL = Key.of(
                    "url", ScalarType.SECRET, "instead of file: PostgreSQL, for several nodes")
            .shown(NodeKeys::maskedUrl)
            .when(database -> database.url() != null);

    public static final Key<DatabaseConfig, String> USER =
            Key.of("user", ScalarType.TEXT, "").usually("paceline").shown(DatabaseConfig::user);
    public static final Key<DatabaseConfig, String> PASSWORD = Key.of(
                    "password", ScalarType.SECRET, "secrets: env:NAME, file:PATH (its first line), or the text itself")
            .shownAs((DatabaseConfig database) -> database.password().isEmpty() ? null : database.password());
    public static final Key<DatabaseConfig, Integer> CONNECTIONS = Key.of(
                    "connections", ScalarType.INTEGER, "for the API and the watches; the dialer has 5 more of its own")
            .within(Bounds.numbers(4, 100))
            .usually(8)
            .shown(DatabaseConfig::connections);
    public static final Key<DatabaseConfig, Durability> DURABILITY = Key.of(
                    "durability",
                    ScalarType.choice(Durability.class),
                    "what a stored attempt survives: process (kill -9) or power")
            .usually(Durability.PROCESS)
            .shown(DatabaseConfig::durability);
    public static final Key<DatabaseConfig, String> LOG_FOLDER = Key.of(
                    "log-folder", ScalarType.TEXT, "with url: attempts and do-not-call entries once more, of this node")
            .shownAs(DatabaseConfig::logFolder);
    public static final Key<DatabaseConfig, Duration> RECOVERY_LIMIT = Key.of(
                    "recovery-limit", ScalarType.DURATION, "how long recovery at the start may take")
            .within(Bounds.durations(Duration.ofSeconds(1), Duration.ofHours(4)))
            .usually(Duration.ofMinutes(5))
            .shown(DatabaseConfig::recoveryLimit);
    public static final Key<DatabaseConfig, Duration> COPY_EVERY = Key.of(
                    "copy-every",
                    ScalarType.DURATION,
                    "with file: a checked copy of all rows is made so often, beside it in PATH.redo")
            .within(Bounds.durations(Duration.ofMinutes(1), Duration.ofHours(24)))
            .usually(Duration.ofMinutes(15))
            .shown(DatabaseConfig::copyEvery);
    public static final Section<DaemonConfig, DatabaseConfig> DATABASE = Section.of(
                    "database",
                    "",
                    List.of(FILE, URL, USER, PASSWORD, CONNECTIONS, DURABILITY, LOG_FOLDER, RECOVERY_LIMIT, COPY_EVERY))
            .shown(DaemonConfig::database);

    public static final Key<SipConfig, String> SIP_HOST = Key.of(
                    "host", Types.LISTEN_HOST, "address that SIP and RTP bind to, and that peers see")
            .required("127.0.0.1")
            .shown(SipConfig::host);
    public static final Key<SipConfig, InetAddress> ADVERTISED_ADDRESS = Key.of(
                    "advertised-address",
                    AddressTypes.REACHABLE_ADDRESS,
                    "the address that peers see in place of host, behind a NAT; needed where host is 0.0.0.0 or ::")
            .shown(SipConfig::advertised);
    public static final Key<SipConfig, Integer> SIP_PORT = Key.of(
                    "port", ScalarType.INTEGER, "UDP and TCP; 0 for any free one")
            .within(Types.PORT_OR_ANY)
            .usually(5060)
            .shown(SipConfig::port);
    public static final Key<SipConfig, String> CALLER_ID_HOST = Key.of(
                    "caller-id-host", Types.REACHABLE_HOST, "host part of From; default: the address that peers see")
            .shown(SipConfig::callerIdHost);
    public static final Key<SipConfig, String> USER_AGENT =
            Key.of("user-agent", Types.USER_AGENT, "").usually("Paceline").shown(SipConfig::userAgent);
    public static final ListKey<SipConfig, InetSocketAddress> DNS = ListKey.of(
                    "dns",
                    AddressTypes.NAME_SERVER,
                    "name servers asked for the names of trunks; none for the system's")
            .shown((SipConfig sip) ->
                    sip.nameServers().stream().map(AddressTypes::text).toList());
    public static final Key<SipConfig, Integer> TRACE_MEMORY = Key.of(
                    "trace-memory",
                    Types.TRACE_BYTES,
                    "for the SIP messages of the last time, which 'paceline sip trace' shows; 0 keeps none")
            .usually(SipSettings.USUAL_TRACE_BYTES)
            .shown(SipConfig::traceBytes);
    public static final Section<DaemonConfig, SipConfig> SIP = Section.of(
                    "sip",
                    "",
                    List.of(
                            SIP_HOST,
                            ADVERTISED_ADDRESS,
                            SIP_PORT,
                            TlsKeys.TRANSPORTS,
                            TlsKeys.TLS,
                            CALLER_ID_HOST,
                            USER_AGENT,
                            DNS,
                            TRACE_MEMORY))
            .required()
            .shown(DaemonConfig::sip);

    public static final Key<MediaConfig, Integer> FIRST_PORT = Key.of("first-port", ScalarType.INTEGER, "RTP, even")
            .within(Bounds.of(
                    "an even port from 1024 to 65534", port -> port >= 1_024 && port < 65_535 && port % 2 == 0))
            .usually(20_000)
            .shown(MediaConfig::firstPort);
    /** The last port. Its lower bound is the first port, which the reader checks. */
    public static final Key<MediaConfig, Integer> LAST_PORT =
            Key.of("last-port", ScalarType.INTEGER, "").usually(29_999).shown(MediaConfig::lastPort);

    public static final Key<MediaConfig, String> RECORDINGS = Key.of(
                    "recordings", ScalarType.TEXT, "without it nothing can be recorded")
            .shownAs(MediaConfig::recordings);
    public static final Key<MediaConfig, Duration> SILENCE_TIMEOUT = Key.of(
                    "silence-timeout", ScalarType.DURATION, "a call without any RTP is ended; 0s for never")
            .within(Bounds.durations(Duration.ZERO, Duration.ofHours(1)).saying("a duration up to 1h, 0s for never"))
            .usually(Duration.ofSeconds(60))
            .shown(MediaConfig::silenceTimeout);
    public static final Key<MediaConfig, Duration> PHONE_TIMEOUT = Key.of(
                    "phone-timeout",
                    ScalarType.DURATION,
                    "an agent's phone that sends no RTP and answers no OPTIONS is off the line; 0s for never")
            .within(Bounds.durations(Duration.ofSeconds(2), Duration.ofHours(1)).or(Duration.ZERO, "0s for never"))
            .usually(Duration.ofSeconds(3))
            .shown(MediaConfig::phoneTimeout);
    public static final Key<MediaConfig, InetAddress> MEDIA_HOST = Key.of(
                    "host", AddressTypes.LISTEN_ADDRESS, "address that RTP binds to; default: sip.host")
            .shown(MediaConfig::host);
    public static final Key<MediaConfig, InetAddress> MEDIA_ADVERTISED_ADDRESS = Key.of(
                    "advertised-address",
                    AddressTypes.REACHABLE_ADDRESS,
                    "the address that peers send RTP to; default: host, and without it sip.advertised-address")
            .shown(MediaConfig::advertised);
    public static final Section<DaemonConfig, MediaConfig> MEDIA = Section.of(
                    "media",
                    "",
                    List.of(
                            FIRST_PORT,
                            LAST_PORT,
                            RECORDINGS,
                            SILENCE_TIMEOUT,
                            PHONE_TIMEOUT,
                            MEDIA_HOST,
                            MEDIA_ADVERTISED_ADDRESS))
            .shown(DaemonConfig::media);

    public static final Section<DaemonConfig, DailyTarget> DAILY_TARGET = Section.of(
                    "daily-target",
                    "of valid calls an agent and day, over all campaigns; none unless it is set",
                    CommonKeys.DAILY_TARGET)
            .shown(DaemonConfig::dailyTarget);

    public static final Key<ComplaintTerms, String> OWNER = Key.of("owner", ScalarType.TEXT, "who has to settle it")
            .within(Bounds.of("a name of at most 200 characters", name -> !name.isBlank() && name.length() <= 200))
            .usually(ComplaintTerms.DEFAULT.owner())
            .shown(ComplaintTerms::owner);
    public static final Key<ComplaintTerms, Duration> DUE = Key.of(
                    "due",
                    ScalarType.DURATION,
                    "how soon; later it is overdue: a warning in the log, a figure in /metrics")
            .within(Bounds.durations(Duration.ofMinutes(1), Duration.ofDays(366)))
            .usually(ComplaintTerms.DEFAULT.due())
            .shown(ComplaintTerms::due);
    public static final Section<DaemonConfig, ComplaintTerms> COMPLAINTS = Section.of(
                    "complaints", "of those that say nothing else", List.of(OWNER, DUE))
            .shown(DaemonConfig::complaints);

    public static final Key<DaemonConfig, String> CAMPAIGNS = Key.of(
                    "campaigns", ScalarType.TEXT, "folder of the campaign files")
            .usually("campaigns")
            .shownAs(DaemonConfig::campaigns);
    public static final Key<DaemonConfig, String> POLICIES = Key.of(
                    "policies", ScalarType.TEXT, "folder of your own policy files; need not exist")
            .usually("policies")
            .shownAs(DaemonConfig::policies);

    private NodeKeys() {}

    private static @Nullable String maskedUrl(DatabaseConfig database) {
        String url = database.url();
        return url == null ? null : JdbcUrls.masked(url);
    }
}
