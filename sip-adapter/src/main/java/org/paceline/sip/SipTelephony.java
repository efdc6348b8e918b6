package org.paceline.sip;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.RecordingFile;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.port.EventSink;
import org.paceline.dialer.port.Telephony;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.dialer.trunk.AddressStatus;
import org.paceline.dialer.trunk.RegistrationStatus;
import org.paceline.dialer.trunk.TrunkTraffic;
import org.paceline.sip.call.CustomerCalls;
import org.paceline.sip.dialog.SipCalls;
import org.paceline.sip.dns.Families;
import org.paceline.sip.dns.SipNames;
import org.paceline.sip.line.AgentLines;
import org.paceline.sip.line.AgentPhones;
import org.paceline.sip.media.MediaListener;
import org.paceline.sip.media.MediaPlane;
import org.paceline.sip.media.MediaStats;
import org.paceline.sip.registrar.Registrar;
import org.paceline.sip.stack.ListenTerms;
import org.paceline.sip.stack.MessageTap;
import org.paceline.sip.stack.PeerAddresses;
import org.paceline.sip.stack.SipCounters;
import org.paceline.sip.stack.Transport;
import org.paceline.sip.tls.CertificateStatus;
import org.paceline.sip.tls.TlsContexts;
import org.paceline.sip.trace.MessageRing;
import org.paceline.sip.trace.MessageTrace;
import org.paceline.sip.trunk.Trunk;
import org.paceline.sip.trunk.TrunkAddress;

/**
 * Telephony over SIP and RTP: trunks for customers' calls, agents' phones on standing lines or called for each
 * customer, and the relay between them.
 *
 * <p>Thread: any; no method but {@link #start} and {@link #close} waits for anything.
 */
public final class SipTelephony implements Telephony, AutoCloseable {

    /** How long the other sides may take to confirm the end of their calls when we close. */
    private static final Duration CLOSE_LIMIT = Duration.ofMillis(1_500);

    private static final long CLOSE_STEP_NANOS = 10_000_000L;

    private final SipSettings settings;
    private final SipCounters counters = new SipCounters();
    private final EventOutbox events;
    private final ThreadWatch watch;
    private final PeerAddresses peers = new PeerAddresses();
    private final Registrar registrar;
    private final @Nullable MessageRing ring;
    private volatile @Nullable Parts parts;
    /** In the order of the configuration. */
    private volatile Map<TrunkId, Trunk> trunks = Map.of();

    /** The parts that exist while the adapter is started. */
    private record Parts(
            @Nullable TlsWatch tls,
            SipCalls calls,
            PeerAddresses peers,
            SipNames names,
            MediaPlane media,
            AgentLines lines,
            CustomerCalls customers) {}

    /** Makes an adapter for programs without a daemon: a thread that dies ends the process. */
    public SipTelephony(SipSettings settings, EventSink sink) {
        this(settings, sink, ThreadWatch.endingTheProcess());
    }

    /** @param watch is told of each thread here that dies, and keeps their signs of life */
    public SipTelephony(SipSettings settings, EventSink sink, ThreadWatch watch) {
        this.settings = settings;
        this.watch = watch;
        this.ring = settings.traceBytes() == 0 ? null : new MessageRing(settings.traceBytes());
        this.events = new EventOutbox(sink, counters, watch);
        this.registrar = new Registrar(settings.registrar(), peers, counters, System::nanoTime);
    }

    /**
     * Binds the SIP port, resolves the trunks and begins to probe them.
     *
     * @throws IOException with one line that says what could not be had, and what would be right
     */
    public void start() throws IOException {
        if (parts != null) {
            throw new IllegalStateException("SipTelephony is started already");
        }
        TlsContexts tls = Secured.contexts(settings);
        ListenTerms terms = Secured.terms(settings, tls);
        SipCalls calls = new SipCalls(
                terms, settings.userAgent(), peers, registrar, counters, ring == null ? MessageTap.NONE : ring, watch);
        MediaPlane media = openMedia(calls);
        AgentPhones phones = new AgentPhones(
                calls,
                media,
                registrar,
                counters,
                settings.media().phoneTimeoutMillis(),
                settings.transports().usual());
        AgentLines lines = new AgentLines(phones, events::emit);
        CustomerCalls customers = new CustomerCalls(phones, lines, settings.callerIdHost(), events::emit, counters);
        SipNames names = new SipNames(settings.nameServers(), Families.of(settings.host()));
        TlsWatch tlsWatch = tls == null ? null : new TlsWatch(tls, calls.endpoint()::after, watch);
        parts = new Parts(tlsWatch, calls, peers, names, media, lines, customers);
        events.start();
        registrar.start(calls.endpoint(), lines);
        trunks(settings.trunks());
        if (tlsWatch != null) {
            tlsWatch.start();
        }
    }

    /**
     * Takes the trunks that there are from now on. One whose settings are the same goes on as it is; one with others
     * begins anew, as a new one does. Calls that are on others go on.
     */
    public synchronized void trunks(List<TrunkAddress> addresses) {
        Parts current = started();
        Map<TrunkId, Trunk> before = trunks;
        Map<TrunkId, Trunk> now = new LinkedHashMap<>();
        if (current.tls() != null) {
            current.tls().learn(Secured.terms(addresses));
        }
        for (TrunkAddress address : addresses) {
            Trunk known = before.get(address.id());
            now.put(
                    address.id(),
                    known != null && known.settings().equals(address)
                            ? known
                            : Trunk.of(address, current.calls(), current.peers(), current.names(), events::emit));
        }
        trunks = Collections.unmodifiableMap(now);
        before.forEach((id, trunk) -> {
            Trunk next = now.get(id);
            if (next != trunk) {
                trunk.replacedBy(next);
            }
        });
        now.forEach((id, trunk) -> {
            if (before.get(id) != trunk) {
                trunk.start();
            }
        });
    }

    /** Returns where agents' phones registered. */
    public Registrar registrar() {
        return registrar;
    }

    /** The SIP port that is bound. */
    public int port() {
        return started().calls().endpoint().port();
    }

    /**
     * Returns the counts since the start, by name, for metrics; those that begin with
     * {@code open_} are as they are now.
     */
    public Map<String, Long> counters() {
        Map<String, Long> all = new LinkedHashMap<>(counters.snapshot());
        Parts current = parts;
        all.put("open_calls", current == null ? 0L : current.calls().open());
        all.put(
                "open_transactions",
                current == null ? 0L : current.calls().endpoint().openTransactions());
        all.put(
                "open_registered_phones",
                registrar.statuses().values().stream().mapToLong(List::size).sum());
        all.put(
                "open_connections",
                current == null ? 0L : current.calls().endpoint().openConnections());
        return Map.copyOf(all);
    }

    /** Returns how our certificates stand; none without TLS, or before the start. */
    public List<CertificateStatus> certificates() {
        Parts current = parts;
        TlsWatch tls = current == null ? null : current.tls();
        return tls == null ? List.of() : tls.certificates();
    }

    /** The port at which peers connect by TLS. */
    public int tlsPort() {
        return started().calls().endpoint().port(Transport.TLS);
    }

    /** Returns how the registrations stand, of the trunks that have one. */
    public List<RegistrationStatus> registrations() {
        return trunks.values().stream()
                .map(Trunk::registration)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns how each address of each trunk is now; none before the start. */
    public List<AddressStatus> trunkAddresses() {
        return trunks.values().stream()
                .flatMap(trunk -> trunk.probe().addresses().stream())
                .toList();
    }

    /** Returns what became of the INVITEs to each trunk; none before the start. */
    public List<TrunkTraffic> trunkTraffic() {
        return trunks.values().stream().map(trunk -> trunk.probe().traffic()).toList();
    }

    /** Returns the messages of the last time; null where none are kept. */
    public @Nullable MessageTrace trace() {
        return ring == null ? null : new MessageTrace(ring);
    }

    /** Returns the media plane's counts. */
    public MediaStats mediaStats() {
        return started().media().stats();
    }

    @Override
    public void dial(CallId call, DialOrder order) {
        Parts current = parts;
        if (current == null) {
            events.emit(new Event.CallNotSent(call, NotSent.SEND_FAILED));
        } else {
            Trunk trunk = trunks.get(order.trunk());
            current.customers().dial(call, order, trunk == null ? null : trunk.probe());
        }
    }

    @Override
    public void cancel(CallId call) {
        started().customers().cancel(call);
    }

    @Override
    public void connect(CallId call, AgentId agent) {
        started().customers().connect(call, agent);
    }

    @Override
    public void ringAgent(AgentRing ring, AgentAddress at) {
        started().customers().ringAgent(ring, at);
    }

    @Override
    public void stopRinging(AgentRing ring) {
        started().customers().stopRinging(ring);
    }

    @Override
    public void warnAgent(CallId call) {
        started().customers().warnAgent(call);
    }

    @Override
    public void record(CallId call) {
        started().customers().record(call);
    }

    @Override
    public void announce(CallId call, Announcement announcement) {
        started().customers().announce(call, announcement);
    }

    @Override
    public void hangUp(CallId call, HangUpCause cause) {
        started().customers().hangUp(call);
    }

    @Override
    public void openLine(AgentId agent, AgentAddress at) {
        started().lines().open(agent, at);
    }

    @Override
    public void closeLine(AgentId agent) {
        started().lines().close(agent);
    }

    /** Ends every call and line, waits a moment for the other sides to confirm, and lets go of all ports. */
    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }

    /** @param limit how long the other sides may take to confirm */
    void close(Duration limit) {
        Parts current = parts;
        if (current == null) {
            return;
        }
        if (current.tls() != null) {
            current.tls().close();
        }
        trunks.values().forEach(Trunk::close);
        current.customers().endAll();
        current.lines().close();
        long deadline = System.nanoTime() + limit.toNanos();
        while (current.calls().open() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(CLOSE_STEP_NANOS);
        }
        current.customers().abandonAll();
        current.calls().close();
        current.media().close();
        events.close();
    }

    private MediaPlane openMedia(SipCalls calls) throws IOException {
        try {
            return new MediaPlane(settings.host(), settings.media(), new MediaReports(), watch);
        } catch (RuntimeException e) {
            calls.close();
            throw new IOException("RTP cannot start on " + settings.host() + ": " + e.getMessage(), e);
        }
    }

    private Parts started() {
        Parts current = parts;
        if (current == null) {
            throw new IllegalStateException("SipTelephony is not started: call start() first");
        }
        return current;
    }

    /** Passes on what the media plane reports. */
    private final class MediaReports implements MediaListener {

        @Override
        public void recordingClosed(CallId call, RecordingFile file) {
            events.emit(new Event.RecordingClosed(call, file));
        }

        @Override
        public void recorderChanged(@Nullable String reason) {
            events.emit(new Event.RecorderChanged(reason));
        }

        @Override
        public void portsChanged(int usable, int heldByOthers) {
            events.emit(new Event.RtpPortsChanged(usable, heldByOthers));
        }
    }
}
