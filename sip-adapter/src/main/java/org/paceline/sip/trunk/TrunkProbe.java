package org.paceline.sip.trunk;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.message.SIPResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sip.SipException;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.event.Event.TrunkChanged;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.dialog.Causes;
import org.paceline.sip.dialog.SipCalls;
import org.paceline.sip.dialog.SipExtensions;
import org.paceline.sip.dialog.SipMessages;
import org.paceline.sip.identity.TrunkIdentity;
import org.paceline.sip.stack.NameResolver;
import org.paceline.sip.stack.PeerAddresses;
import org.paceline.sip.stack.TransactionOwner;
import org.paceline.sip.trunk.TrunkAddress.Probe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One trunk: its address, and its health as OPTIONS or calls show it. It reports when it goes down or comes up, and when
 * it asks to be left alone for a while (503, Retry-After).
 *
 * <p>Thread: any.
 */
public final class TrunkProbe {

    private static final Logger LOG = LoggerFactory.getLogger(TrunkProbe.class);
    private static final int MOST_PORT = 65_535;
    /** How many unanswered probes take the trunk down. */
    private static final int PROBES_TO_DOWN = 2;
    /** How many calls without any response, one after the other, take the trunk down. */
    private static final int CALLS_TO_DOWN = 3;
    /** How long the trunk stays down after such calls before another call is tried. */
    private static final long TRY_AGAIN_MILLIS = 30_000;

    private static final int UNAUTHENTICATED_SECONDS = 60;
    private static final long LONGEST_BLOCK_MILLIS = 300_000;
    /** By how much a block must be longer than the one in force to be reported, because many 503 come at once. */
    private static final long BLOCK_STEP_MILLIS = 1_000;

    private final TrunkAddress settings;
    private final SipCalls calls;
    private final PeerAddresses peers;
    private final Consumer<Event> events;
    private final Authenticator authenticator;

    private volatile @Nullable InetSocketAddress address;
    /** All addresses of the trunk's name. */
    private Set<InetAddress> known = Set.of();

    private boolean up;
    private int unansweredProbes;
    private int silentCalls;
    private long blockedUntilNanos = System.nanoTime();
    private volatile boolean closed;
    private volatile boolean rings;

    public TrunkProbe(TrunkAddress settings, SipCalls calls, PeerAddresses peers, Consumer<Event> events) {
        this.settings = settings;
        this.calls = calls;
        this.peers = peers;
        this.events = events;
        TrunkAccount account = settings.account();
        authenticator = account == null ? Authenticator.NONE : new Authenticator(account.credentials());
    }

    /** Returns the name or address as configured, for URIs. */
    public String host() {
        return settings.host();
    }

    public int port() {
        return settings.port();
    }

    /** Returns the extensions of SIP that calls over the trunk offer and require. */
    public SipExtensions extensions() {
        return settings.extensions();
    }

    /** Returns how the trunk wants numbers and identities written. */
    public TrunkIdentity identity() {
        return settings.identity();
    }

    /** Answers the trunk's challenges. */
    public Authenticator authenticator() {
        return authenticator;
    }

    /** Returns the trunk's address, or null while its name does not resolve. */
    public @Nullable InetSocketAddress address() {
        return address;
    }

    /** Returns where a redirection to that URI leads, or null where the trunk may not name its host. */
    public @Nullable InetSocketAddress redirection(SipUri to) {
        InetSocketAddress own = address;
        String host = to.getHost() == null ? "" : to.getHost();
        int port = SipMessages.port(to);
        if (port > MOST_PORT) {
            return null;
        }
        if (own != null && host.equalsIgnoreCase(settings.host())) {
            return new InetSocketAddress(own.getAddress(), port);
        }
        InetAddress named = NameResolver.literal(host);
        boolean isAllowed = named != null
                && ((own != null && named.equals(own.getAddress()))
                        || settings.redirects().contains(named));
        return isAllowed ? new InetSocketAddress(named, port) : null;
    }

    /**
     * Resolves the name, reports the first state and begins to probe.
     *
     * @param resolved runs once that was tried
     */
    public void start(Runnable resolved) {
        if (settings.probe() == Probe.OPTIONS) {
            report(false, 0, "no answer to OPTIONS yet");
        }
        resolve(() -> {
            begin();
            resolved.run();
        });
    }

    public void close() {
        closed = true;
    }

    /** The trunk sent a response other than 503 to a call. */
    public synchronized void callAnswered() {
        silentCalls = 0;
    }

    /** The trunk says that a phone rings. */
    public void callRings() {
        rings = true;
        callAnswered();
    }

    /**
     * Whether the trunk has ever said that a phone rings; some trunks never do, and their calls are fine without it.
     */
    public boolean tellsRinging() {
        return rings;
    }

    /** A call got no response at all. */
    public synchronized void callSilent() {
        silentCalls++;
        if (settings.probe() == Probe.CALLS && silentCalls >= CALLS_TO_DOWN && up) {
            change(false, silentCalls + " calls without any response");
            calls.endpoint().after(TRY_AGAIN_MILLIS, this::tryAgain);
        }
    }

    /**
     * The trunk answered 503. A Retry-After is obeyed; without one the answer counts as a 500 for that call (RFC 3261
     * §21.5.4).
     *
     * @param retryAfterSeconds the seconds of its Retry-After, or 0
     */
    public synchronized void overloaded(int retryAfterSeconds) {
        silentCalls = 0;
        if (retryAfterSeconds > 0 && lengthensBlock(retryAfterSeconds)) {
            report(up, blockMillisLeft(), "status 503");
        }
    }

    /**
     * The trunk asks for a password that we do not have, or refuses the one that we have. The next calls wait a while,
     * because each would be refused, and carriers lock out whoever tries too often.
     */
    public synchronized void unauthenticated(String reason) {
        silentCalls = 0;
        if (lengthensBlock(UNAUTHENTICATED_SECONDS)) {
            report(up, blockMillisLeft(), reason);
        }
    }

    private boolean lengthensBlock(int seconds) {
        long millis = Math.min(seconds * 1_000L, LONGEST_BLOCK_MILLIS);
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        boolean lengthens = until - blockedUntilNanos >= TimeUnit.MILLISECONDS.toNanos(BLOCK_STEP_MILLIS);
        if (lengthens) {
            blockedUntilNanos = until;
        }
        return lengthens;
    }

    /** The milliseconds left of a block, rounded up. */
    private long blockMillisLeft() {
        return Math.max(0, Math.ceilDiv(blockedUntilNanos - System.nanoTime(), 1_000_000L));
    }

    private void begin() {
        if (settings.probe() == Probe.OPTIONS) {
            probe();
            return;
        }
        synchronized (this) {
            if (address != null) {
                change(true, "first call will tell");
            } else {
                report(false, 0, "host " + settings.host() + " does not resolve");
                calls.endpoint().after(TRY_AGAIN_MILLIS, () -> resolve(this::begin));
            }
        }
    }

    private synchronized void tryAgain() {
        if (!closed && !up) {
            change(true, "tried again");
        }
    }

    private void resolve(Runnable then) {
        NameResolver.resolve(settings.host(), found -> {
            if (closed) {
                return;
            }
            if (!found.isEmpty()) {
                moved(found);
            }
            then.run();
        });
    }

    /**
     * Lets in all addresses that the trunk's name has now; calls that still use earlier addresses keep these let in.
     * Calls go where they went as long as the name still has that address, else to the first one.
     */
    synchronized void moved(List<InetAddress> found) {
        Set<InetAddress> now = new LinkedHashSet<>(found);
        InetSocketAddress before = address;
        now.stream().filter(each -> !known.contains(each)).forEach(peers::add);
        known.stream().filter(each -> !now.contains(each)).forEach(peers::remove);
        known = now;
        if (before == null || !now.contains(before.getAddress())) {
            address = new InetSocketAddress(found.getFirst(), settings.port());
        }
    }

    private void probe() {
        if (closed) {
            return;
        }
        InetSocketAddress at = address;
        ProbeReply reply = new ProbeReply();
        try {
            if (at != null) {
                calls.probe(settings.host(), at, authenticator, reply);
            }
        } catch (SipException e) {
            LOG.debug("trunk={} method=OPTIONS sent=no reason=\"{}\"", settings.id(), e.getMessage());
        }
        calls.endpoint().after(settings.probeIntervalMillis(), () -> {
            unansweredAfter(reply);
            resolve(this::probe);
        });
    }

    private synchronized void unansweredAfter(ProbeReply reply) {
        if (reply.answered || closed) {
            return;
        }
        unansweredProbes++;
        if (unansweredProbes >= PROBES_TO_DOWN && up) {
            String why = address == null
                    ? "host " + settings.host() + " does not resolve"
                    : unansweredProbes + " OPTIONS without an answer";
            change(false, why);
        }
    }

    /**
     * Takes the answer to a probe. Any response shows that the trunk is there; a 503 with Retry-After says that it
     * wants no calls until then.
     */
    private synchronized void probeAnswered(int status, int retryAfterSeconds) {
        unansweredProbes = 0;
        if (closed) {
            return;
        }
        boolean isNews = !up;
        up = true;
        if (status == 503 && retryAfterSeconds > 0) {
            isNews |= lengthensBlock(retryAfterSeconds);
        }
        if (isNews) {
            report(true, blockMillisLeft(), "OPTIONS answered " + status);
        }
    }

    private void change(boolean nowUp, String reason) {
        up = nowUp;
        report(nowUp, 0, reason);
    }

    private void report(boolean nowUp, long blockedMillis, String reason) {
        LOG.info("trunk={} up={} blocked_ms={} reason=\"{}\"", settings.id(), nowUp, blockedMillis, reason);
        events.accept(new TrunkChanged(settings.id(), nowUp, blockedMillis, reason));
    }

    /** The reply to one OPTIONS: any response will do. */
    private final class ProbeReply implements TransactionOwner {
        private volatile boolean answered;

        @Override
        public void response(SIPResponse response) {
            if (!answered) {
                answered = true;
                probeAnswered(response.getStatusCode(), Causes.retryAfterSeconds(response));
            }
        }

        @Override
        public void timedOut(String method) {}
    }
}
