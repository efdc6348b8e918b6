package org.paceline.sip;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.rules.NumberKind;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RecordingDirective;
import org.paceline.sip.dialog.SipExtensions;
import org.paceline.sip.identity.TrunkIdentity;
import org.paceline.sip.media.MediaAddress;
import org.paceline.sip.media.MediaSettings;
import org.paceline.sip.registrar.RegistrarSettings;
import org.paceline.sip.stack.Link;
import org.paceline.sip.stack.Transport;
import org.paceline.sip.tls.TlsTerms;
import org.paceline.sip.trunk.TrunkAccount;
import org.paceline.sip.trunk.TrunkAddress;
import org.paceline.sip.trunk.TrunkAddress.Probe;
import org.paceline.sip.trunk.TrunkHost;
import org.paceline.sip.trunk.TrunkMatch;

/** A started SipTelephony with one trunk, and what tests ask of it. */
public final class TelephonyFixture implements AutoCloseable {

    public static final TrunkId TRUNK = new TrunkId("carrier");

    /** UDP and TCP. */
    public static final SipTransports TCP =
            new SipTransports(EnumSet.of(Transport.UDP, Transport.TCP), 0, null, TlsTerms.USUAL);

    public final RecordedEvents events = new RecordedEvents();
    public final SipTelephony telephony;
    private final TrunkAddress trunk;
    private final AtomicLong ids = new AtomicLong();
    private final ThreadWatch threads = ThreadWatch.endingTheProcess();

    public TelephonyFixture(String trunkHost, int trunkPort) throws IOException {
        this(trunkHost, trunkPort, Probe.CALLS, 60_000);
    }

    public TelephonyFixture(String trunkHost, int trunkPort, Probe probe, long probeMillis) throws IOException {
        this(new TrunkAddress(TRUNK, trunkHost, trunkPort, probe, probeMillis), 0, 0);
    }

    /** Makes a trunk that is tried at these ports of loopback, one after the other. */
    public static TelephonyFixture withPorts(long failoverMillis, Integer... ports) throws IOException {
        List<TrunkHost> hosts =
                Stream.of(ports).map(port -> new TrunkHost("127.0.0.1", port)).toList();
        return withHosts(hosts, Probe.CALLS, 60_000, failoverMillis);
    }

    public static TelephonyFixture withHosts(List<TrunkHost> hosts, Probe probe, long probeMillis, long failoverMillis)
            throws IOException {
        return new TelephonyFixture(new TrunkAddress(TRUNK, hosts, probe, probeMillis, failoverMillis));
    }

    /** Makes a trunk whose hosts are asked for at these name servers. */
    public static TelephonyFixture withNames(
            List<InetSocketAddress> nameServers, long failoverMillis, TrunkHost... hosts) throws IOException {
        return new TelephonyFixture(
                new TrunkAddress(TRUNK, List.of(hosts), Probe.CALLS, 60_000, failoverMillis), nameServers, 0, 0);
    }

    /** @param silenceMillis how long a call may be without RTP, 0 for ever */
    public static TelephonyFixture withSilenceLimit(int trunkPort, long silenceMillis) throws IOException {
        return new TelephonyFixture(onLoopback(trunkPort, TrunkIdentity.USUAL, null), silenceMillis, 0);
    }

    /** @param phoneMillis how long an agent's phone may neither send nor answer */
    public static TelephonyFixture withPhoneTimeout(int trunkPort, long phoneMillis) throws IOException {
        return new TelephonyFixture(onLoopback(trunkPort, TrunkIdentity.USUAL, null), 0, phoneMillis);
    }

    public static TelephonyFixture withIdentity(int trunkPort, TrunkIdentity identity) throws IOException {
        return withIdentity(trunkPort, identity, null);
    }

    /** With a trunk that also asks for the account's password. */
    public static TelephonyFixture withIdentity(int trunkPort, TrunkIdentity identity, @Nullable TrunkAccount account)
            throws IOException {
        return new TelephonyFixture(onLoopback(trunkPort, identity, account), 0, 0);
    }

    /** With a trunk that asks for the account's password, or for a registration, at these ports of loopback. */
    public static TelephonyFixture withAccount(TrunkAccount account, Integer... ports) throws IOException {
        return new TelephonyFixture(onLoopback(List.of(ports), TrunkIdentity.USUAL, account), 0, 0);
    }

    /** With a trunk that also sends requests from those addresses. */
    public static TelephonyFixture withMatch(List<InetSocketAddress> nameServers, int trunkPort, TrunkMatch match)
            throws IOException {
        return new TelephonyFixture(
                onLoopback(List.of(trunkPort), TrunkIdentity.USUAL, null, match), nameServers, 0, 0);
    }

    private static TrunkAddress onLoopback(int port, TrunkIdentity identity, @Nullable TrunkAccount account) {
        return onLoopback(List.of(port), identity, account);
    }

    private static TrunkAddress onLoopback(
            List<Integer> ports, TrunkIdentity identity, @Nullable TrunkAccount account) {
        return onLoopback(ports, identity, account, TrunkMatch.NONE);
    }

    private static TrunkAddress onLoopback(
            List<Integer> ports, TrunkIdentity identity, @Nullable TrunkAccount account, TrunkMatch match) {
        List<TrunkHost> hosts =
                ports.stream().map(port -> new TrunkHost("127.0.0.1", port)).toList();
        return new TrunkAddress(
                TRUNK,
                hosts,
                Probe.CALLS,
                60_000,
                TrunkAddress.FAILOVER_MILLIS,
                match,
                List.of(),
                SipExtensions.USUAL,
                identity,
                account);
    }

    /** With agents' phones that register; a phone may be silent for 3 s. */
    public static TelephonyFixture withRegistrar(int trunkPort, RegistrarSettings registrar) throws IOException {
        return new TelephonyFixture(
                "127.0.0.1",
                null,
                onLoopback(trunkPort, TrunkIdentity.USUAL, null),
                SipTransports.UDP,
                List.of(),
                0,
                3_000,
                registrar);
    }

    /** With a trunk, or phones, by other transports than UDP. */
    public static TelephonyFixture withTransports(TrunkAddress trunk, SipTransports transports) throws IOException {
        return new TelephonyFixture("127.0.0.1", null, trunk, transports, List.of(), 0, 0);
    }

    /** By UDP, TCP and a trunk on loopback by TCP. */
    public static TelephonyFixture overTcp(int trunkPort) throws IOException {
        return withTransports(trunk(trunkPort, Link.TCP, Probe.CALLS), TCP);
    }

    /** A trunk on loopback. */
    public static TrunkAddress trunk(int port, Link link, Probe probe) {
        return new TrunkAddress(
                TRUNK,
                List.of(new TrunkHost("127.0.0.1", port, 1, 0, link)),
                probe,
                1_000,
                TrunkAddress.FAILOVER_MILLIS);
    }

    private TelephonyFixture(TrunkAddress trunk) throws IOException {
        this(trunk, 0, 0);
    }

    private TelephonyFixture(TrunkAddress trunk, long silenceMillis, long phoneMillis) throws IOException {
        this(trunk, List.of(), silenceMillis, phoneMillis);
    }

    /** Makes one that listens on another address than 127.0.0.1. */
    public static TelephonyFixture listeningOn(String ownHost, TrunkHost... hosts) throws IOException {
        TrunkAddress trunk = new TrunkAddress(TRUNK, List.of(hosts), Probe.CALLS, 60_000, TrunkAddress.FAILOVER_MILLIS);
        return new TelephonyFixture(ownHost, null, trunk, SipTransports.UDP, List.of(), 0, 0);
    }

    /** Makes one that peers see at another address than that which it listens on. */
    public static TelephonyFixture advertising(String ownHost, String advertised, int trunkPort) throws IOException {
        return new TelephonyFixture(
                ownHost,
                advertised,
                onLoopback(trunkPort, TrunkIdentity.USUAL, null),
                SipTransports.UDP,
                List.of(),
                0,
                0);
    }

    private TelephonyFixture(
            TrunkAddress trunk, List<InetSocketAddress> nameServers, long silenceMillis, long phoneMillis)
            throws IOException {
        this("127.0.0.1", null, trunk, SipTransports.UDP, nameServers, silenceMillis, phoneMillis);
    }

    private TelephonyFixture(
            String ownHost,
            @Nullable String advertised,
            TrunkAddress trunk,
            SipTransports transports,
            List<InetSocketAddress> nameServers,
            long silenceMillis,
            long phoneMillis)
            throws IOException {
        this(ownHost, advertised, trunk, transports, nameServers, silenceMillis, phoneMillis, RegistrarSettings.NONE);
    }

    private TelephonyFixture(
            String ownHost,
            @Nullable String advertised,
            TrunkAddress trunk,
            SipTransports transports,
            List<InetSocketAddress> nameServers,
            long silenceMillis,
            long phoneMillis,
            RegistrarSettings registrar)
            throws IOException {
        this.trunk = trunk;
        MediaAddress address =
                advertised == null ? MediaAddress.OF_SIP : new MediaAddress(null, InetAddress.ofLiteral(advertised));
        MediaSettings media = new MediaSettings(0, 0, null, silenceMillis, phoneMillis, address);
        telephony = new SipTelephony(
                new SipSettings(
                        ownHost,
                        advertised,
                        0,
                        transports,
                        "Paceline",
                        "callerid.example",
                        nameServers,
                        List.of(trunk),
                        media,
                        registrar,
                        SipSettings.USUAL_TRACE_BYTES),
                events,
                threads);
        telephony.start();
    }

    /** Changes a setting of the trunk, so that it begins anew. */
    public void changeFailover(long failoverMillis) {
        telephony.trunks(List.of(new TrunkAddress(
                trunk.id(),
                trunk.hosts(),
                trunk.probe(),
                trunk.probeIntervalMillis(),
                failoverMillis,
                trunk.match(),
                trunk.redirects(),
                trunk.extensions(),
                trunk.identity(),
                trunk.account())));
    }

    /** Signs of life of the adapter's threads. */
    public ThreadWatch threads() {
        return threads;
    }

    public CallId dial() {
        return dial(30_000);
    }

    public CallId dial(long ringLimitMillis) {
        return dial(order(TRUNK, ringLimitMillis));
    }

    /** With the called party's first words listened for. */
    public CallId dialAwaitingGreeting() {
        return dial(order(TRUNK, 30_000, true));
    }

    private CallId dial(DialOrder order) {
        CallId call = new CallId(ids.incrementAndGet());
        telephony.dial(call, order);
        return call;
    }

    public static DialOrder order(TrunkId trunk, long ringLimitMillis) {
        return order(trunk, ringLimitMillis, false);
    }

    private static DialOrder order(TrunkId trunk, long ringLimitMillis, boolean awaitsGreeting) {
        PhoneNumber number =
                new PhoneNumber(13055550123L, "US", NumberKind.UNKNOWN, List.of(ZoneId.of("America/New_York")));
        return new DialOrder(
                number,
                trunk,
                13055550100L,
                ringLimitMillis,
                awaitsGreeting,
                RecordingDirective.NEVER,
                null,
                new CampaignId("test"));
    }

    /** Waits for the first event of a kind. */
    public <T extends Event> T await(Class<T> type) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> !events.of(type).isEmpty());
        return events.of(type).getFirst();
    }

    public long counter(String name) {
        return Objects.requireNonNull(telephony.counters().get(name), name);
    }

    public void awaitCounter(String name, long atLeast) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> counter(name) >= atLeast);
    }

    /** Ends all calls, whether the peers confirm it or not. */
    @Override
    public void close() {
        telephony.close(Duration.ZERO);
    }
}
