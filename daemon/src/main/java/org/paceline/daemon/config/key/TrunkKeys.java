package org.paceline.daemon.config.key;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.AccountConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.DepartmentConfig;
import org.paceline.daemon.config.TrunkConfig;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.budget.Tariff.Rate;
import org.paceline.rules.Money;
import org.paceline.rules.NumberRange;
import org.paceline.sip.dialog.SipExtensions;
import org.paceline.sip.dialog.SipExtensions.Reliable;
import org.paceline.sip.trunk.TrunkAddress;
import org.paceline.sip.trunk.TrunkHost;
import org.paceline.yaml.JsonKeywords;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.key.Bounds;
import org.paceline.yaml.key.Key;
import org.paceline.yaml.key.ListKey;
import org.paceline.yaml.key.Section;
import org.paceline.yaml.key.SectionList;

/** The {@code trunks} of {@code paceline.yaml}, their charges, and the {@code departments} that pay. */
public final class TrunkKeys {
    private static final Pattern PREFIX_FORM = Pattern.compile("\\+([1-9][0-9]{0,14})?");
    private static final long MOST_MICROS = 1_000_000_000;

    /** A rate with the prefix that it applies to. */
    public record PrefixRate(long prefix, Rate rate) {}

    /** The first step that is charged, and the length of the next ones. */
    public record Increment(Duration first, Duration next) {}

    public static final Key<PrefixRate, Long> PREFIX = Key.of(
                    "prefix",
                    new ScalarType<>(
                                    "+ and the first digits of numbers, for example +1305, or + for all others",
                                    TrunkKeys::prefix)
                            .write(prefix -> prefix == Tariff.ANY ? "+" : "+" + prefix)
                            .json(JsonKeywords.digits(PREFIX_FORM.pattern())),
                    "")
            .required(Tariff.ANY)
            .shown(PrefixRate::prefix);
    private static final ScalarType<Long> PRICE = new ScalarType<Long>(
                    "a price of at most 1000.00 with at most six decimals, for example 0.012", text -> {
                        long micros = Money.parse(text);
                        return micros <= MOST_MICROS ? micros : null;
                    })
            .write(Money::decimal)
            .json(Money.TYPE.json());
    public static final Key<PrefixRate, Long> PER_MINUTE = Key.of(
                    "per-minute", PRICE, "of node.currency, at most six decimals")
            .required(0L)
            .shown((PrefixRate rate) -> rate.rate().perMinuteMicros());
    public static final Key<PrefixRate, Long> CONNECTION = Key.of("connection", PRICE, "for each answered call")
            .usually(0L)
            .shown((PrefixRate rate) -> rate.rate().connectionMicros());
    public static final Key<PrefixRate, Increment> INCREMENT = Key.of(
                    "increment",
                    new ScalarType<>(
                                    "the steps that calls are charged in: one duration, for example 6s, or the first and"
                                            + " the next ones, for example 60s/6s",
                                    TrunkKeys::increment)
                            .write(steps -> ScalarType.written(steps.first()) + "/" + ScalarType.written(steps.next())),
                    "what is charged in steps; first and next ones as 60s/6s; default: 1s")
            .usually(new Increment(Duration.ofSeconds(1), Duration.ofSeconds(1)))
            .shown((PrefixRate rate) -> new Increment(
                    Duration.ofMillis(rate.rate().firstMillis()),
                    Duration.ofMillis(rate.rate().nextMillis())));
    public static final SectionList<TrunkConfig, PrefixRate> TARIFF = SectionList.<PrefixRate>of(
                    "tariff",
                    "what the carrier charges for answered calls; the longest prefix counts; none unless set",
                    List.of(PREFIX, PER_MINUTE, CONNECTION, INCREMENT))
            .shown((TrunkConfig trunk) -> rates(trunk.tariff()))
            .tellingNone();

    public static final Key<TrunkConfig, String> HOST = Key.of(
                    "host", Types.REACHABLE_HOST, "where it is; of a trunk with several, each is one of addresses")
            .shown((TrunkConfig trunk) -> trunk.hosts().getFirst().host())
            .when(trunk -> trunk.onlyHost() != null);
    public static final Key<TrunkConfig, Integer> PORT = Key.of(
                    "port", ScalarType.INTEGER, "without it a name is looked up by NAPTR and SRV (RFC 3263), else 5060")
            .within(Types.PORT)
            .shown((TrunkConfig trunk) -> port(trunk.hosts().getFirst()))
            .when(trunk -> trunk.onlyHost() != null);
    public static final Key<TrunkHost, String> ADDRESS_HOST =
            Key.of("host", Types.REACHABLE_HOST, "").required("127.0.0.1").shown(TrunkHost::host);
    public static final Key<TrunkHost, Integer> ADDRESS_PORT =
            Key.of("port", ScalarType.INTEGER, "as above").within(Types.PORT).shown(TrunkKeys::port);
    public static final Key<TrunkHost, Integer> ADDRESS_PRIORITY = Key.of(
                    "priority", ScalarType.INTEGER, "lower is tried first")
            .within(Bounds.numbers(0, 65_535))
            .usually(1)
            .shown(TrunkHost::priority);
    public static final Key<TrunkHost, Integer> ADDRESS_WEIGHT = Key.of(
                    "weight",
                    ScalarType.INTEGER,
                    "share of the calls among equal priorities; without any, the first named is tried first")
            .within(Bounds.numbers(0, 65_535))
            .usually(0)
            .shown(TrunkHost::weight);
    public static final SectionList<TrunkConfig, TrunkHost> ADDRESSES = SectionList.of(
                    "addresses",
                    "of a trunk with several, in place of host and port",
                    List.of(ADDRESS_HOST, ADDRESS_PORT, ADDRESS_PRIORITY, ADDRESS_WEIGHT))
            .shown((TrunkConfig trunk) -> trunk.onlyHost() == null ? trunk.hosts() : List.of());
    public static final Key<TrunkConfig, Duration> FAILOVER_AFTER = Key.of(
                    "failover-after",
                    ScalarType.DURATION,
                    "a call without any response for so long goes to the next address")
            .within(Bounds.durations(Duration.ofSeconds(1), Duration.ofSeconds(30)))
            .usually(Duration.ofMillis(TrunkAddress.FAILOVER_MILLIS))
            .shown(TrunkConfig::failoverAfter);
    public static final Key<TrunkConfig, Integer> CHANNELS = Key.of(
                    "channels", ScalarType.INTEGER, "most calls at once")
            .within(Bounds.numbers(1, 100_000))
            .required(1)
            .shown(TrunkConfig::channels);
    /** The reserved channels. Their upper bound is the channels, which the reader checks. */
    public static final Key<TrunkConfig, Integer> RESERVED_CHANNELS = Key.of(
                    "reserved-channels",
                    ScalarType.INTEGER,
                    "of these, left free by campaigns for emergency and manual calls")
            .usually(0)
            .shown(TrunkConfig::reservedChannels);

    public static final Key<TrunkConfig, Double> CALLS_PER_SECOND = Key.of(
                    "calls-per-second", ScalarType.DECIMAL, "most new calls a second")
            .within(new Bounds<>(
                    rate -> rate > 0 && rate <= 10_000,
                    "a number above 0, at most 10000",
                    Map.of("exclusiveMinimum", 0, "maximum", 10_000)))
            .usually(10.0)
            .shown(TrunkConfig::callsPerSecond);
    public static final ListKey<TrunkConfig, NumberRange> CALLER_IDS = ListKey.of(
                    "caller-ids", Types.NUMBERS, "numbers and ranges that the carrier accepts; none for any")
            .shown(TrunkConfig::callerIds);
    public static final Key<TrunkConfig, Integer> PRIORITY = Key.of(
                    "priority", ScalarType.INTEGER, "lower is tried first")
            .within(Bounds.<Integer>numbers(1, 1_000).saying("a number from 1 to 1000, lower is tried first"))
            .usually(1)
            .shown(TrunkConfig::priority);
    public static final Key<TrunkConfig, TrunkAddress.Probe> PROBE = Key.of(
                    "probe", ScalarType.choice(TrunkAddress.Probe.class), "health by OPTIONS, or by calls alone")
            .usually(TrunkAddress.Probe.OPTIONS)
            .shown(TrunkConfig::probe);
    public static final Key<TrunkConfig, Duration> PROBE_INTERVAL = Key.of("probe-interval", ScalarType.DURATION, "")
            .within(Bounds.durations(Duration.ofSeconds(1), Duration.ofHours(1)))
            .usually(Duration.ofSeconds(30))
            .shown(TrunkConfig::probeInterval);
    public static final ListKey<TrunkConfig, AddressOrName> MATCH = ListKey.of(
                    "match",
                    AddressOrName.TYPE,
                    "addresses, ranges and names beside its own from which it sends requests, as 203.0.113.0/24")
            .shown((TrunkConfig trunk) -> AddressOrName.written(trunk.match()));
    public static final ListKey<TrunkConfig, InetAddress> REDIRECTS = ListKey.of(
                    "redirects",
                    AddressTypes.ADDRESS,
                    "addresses beside its own that it may send calls on to (SIP 3xx), such as a second gateway")
            .shown((TrunkConfig trunk) ->
                    trunk.redirects().stream().map(InetAddress::getHostAddress).toList());
    public static final Key<TrunkConfig, Reliable> RELIABLE = Key.of(
                    "100rel",
                    ScalarType.choice(Reliable.class),
                    "provisional answers sent reliably (RFC 3262): offer, require or off")
            .usually(Reliable.OFFER)
            .shown(trunk -> trunk.extensions().reliable());
    public static final Key<TrunkConfig, Duration> SESSION_EXPIRES = Key.of(
                    "session-expires",
                    ScalarType.DURATION,
                    "a call without a refresh for so long is over (RFC 4028); 0s asks for none")
            .within(Bounds.of("0s, or a duration from 90s to 24h", TrunkKeys::isSessionInterval))
            .usually(Duration.ofMinutes(30))
            .shown(trunk -> Duration.ofSeconds(trunk.extensions().sessionExpiresSeconds()));

    public static final Key<AccountConfig, String> USER = Key.of(
                    "user",
                    ScalarType.matching("a user name of at most 100 printable ASCII characters", "[!-~]{1,100}"),
                    "")
            .required("user")
            .shown(AccountConfig::user);
    public static final Key<AccountConfig, String> PASSWORD = Key.of(
                    "password", ScalarType.SECRET, "secrets: env:NAME, file:PATH (its first line), or the text itself")
            .required("")
            .shownAs((AccountConfig account) -> account.password().isEmpty() ? null : account.password());
    public static final Key<AccountConfig, String> REALM = Key.of(
                    "realm", ScalarType.TEXT, "the only realm that the password is for; any unless it is set")
            .shown(AccountConfig::realm);
    public static final Key<AccountConfig, Boolean> REGISTER = Key.of(
                    "register", ScalarType.FLAG, "tell the carrier where we are, and dial only while it knows")
            .usually(false)
            .shown(AccountConfig::register);
    public static final Key<AccountConfig, String> DOMAIN = Key.of(
                    "domain", Types.REACHABLE_HOST, "host of the address that is registered; default: host")
            .shown(AccountConfig::domain);
    public static final Key<AccountConfig, Duration> EXPIRES = Key.of(
                    "expires", ScalarType.DURATION, "how long a registration is asked for")
            .within(Bounds.durations(Duration.ofMinutes(1), Duration.ofHours(24)))
            .usually(Duration.ofHours(1))
            .shown(AccountConfig::expires);
    public static final Section<TrunkConfig, AccountConfig> ACCOUNT = Section.of(
                    "account",
                    "for a carrier that asks for a password (digest); none unless set",
                    List.of(USER, PASSWORD, REALM, REGISTER, DOMAIN, EXPIRES))
            .shown(TrunkConfig::account);

    public static final SectionList<DaemonConfig, TrunkConfig> TRUNKS = SectionList.<TrunkConfig>of(
                    "trunks",
                    "",
                    List.of(
                            CommonKeys.NAME.shownAs(TrunkConfig::id),
                            HOST,
                            PORT,
                            ADDRESSES,
                            TlsKeys.TRUNK_TRANSPORT,
                            TlsKeys.LARGE_BY_TCP,
                            TlsKeys.TRUNK_TLS,
                            FAILOVER_AFTER,
                            CHANNELS,
                            RESERVED_CHANNELS,
                            CALLS_PER_SECOND,
                            CALLER_IDS,
                            PRIORITY,
                            PROBE,
                            PROBE_INTERVAL,
                            MATCH,
                            REDIRECTS,
                            RELIABLE,
                            SESSION_EXPIRES,
                            IdentityKeys.NUMBER_FORMAT,
                            IdentityKeys.IDENTITY,
                            ACCOUNT,
                            TARIFF))
            .required()
            .shown(DaemonConfig::trunks);

    public static final Key<DepartmentConfig, Long> MONTH =
            Key.of("month", Money.TYPE, "").required(0L).shown(DepartmentConfig::limitMicros);
    public static final Section<DepartmentConfig, DepartmentConfig> BUDGET = Section.of(
                    "budget", "over the limit nothing is dialled until the next month of node.zone", List.of(MONTH))
            .required()
            .shown((DepartmentConfig department) -> department);
    public static final SectionList<DaemonConfig, DepartmentConfig> DEPARTMENTS = SectionList.<DepartmentConfig>of(
                    "departments",
                    "whose campaigns share one budget; they name it as 'department'",
                    List.of(CommonKeys.NAME.shownAs(DepartmentConfig::name), BUDGET))
            .shown(DaemonConfig::departments);

    private TrunkKeys() {}

    private static @Nullable Integer port(TrunkHost host) {
        return host.port() == 0 ? null : host.port();
    }

    private static List<PrefixRate> rates(@Nullable Tariff tariff) {
        return tariff == null
                ? List.of()
                : new TreeMap<>(tariff.rates())
                        .entrySet().stream()
                                .map(entry -> new PrefixRate(entry.getKey(), entry.getValue()))
                                .toList();
    }

    private static boolean isSessionInterval(Duration interval) {
        return interval.isZero()
                || (interval.compareTo(Duration.ofSeconds(SipExtensions.LEAST_SESSION_SECONDS)) >= 0
                        && interval.compareTo(Duration.ofHours(24)) <= 0);
    }

    private static @Nullable Long prefix(String text) {
        Matcher matcher = PREFIX_FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        return matcher.group(1) == null ? Long.valueOf(Tariff.ANY) : Long.valueOf(matcher.group(1));
    }

    private static @Nullable Increment increment(String text) {
        String[] parts = text.split("/", -1);
        Duration first = ScalarType.DURATION.parseOrNull(parts[0]);
        Duration next = ScalarType.DURATION.parseOrNull(parts[parts.length - 1]);
        return first != null && first.isPositive() && next != null && next.isPositive() && parts.length <= 2
                ? new Increment(first, next)
                : null;
    }
}
