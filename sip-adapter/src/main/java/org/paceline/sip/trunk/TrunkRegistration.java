package org.paceline.sip.trunk;

import gov.nist.javax.sip.message.SIPResponse;
import io.netty.util.Timeout;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sip.SipException;
import javax.sip.header.MinExpiresHeader;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.trunk.RegistrationStatus;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.dialog.Causes;
import org.paceline.sip.dialog.Registering;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.SipEndpoint;
import org.paceline.sip.stack.TransactionOwner;
import org.paceline.sip.stack.Unreachable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a trunk's peer told where we are (RFC 3261 §10.2): registers, refreshes before the time is over, and tries again
 * when it is refused or hears nothing: at the next of the trunk's addresses at once, and after a pause when all were tried.
 *
 * <p>Thread: any.
 */
final class TrunkRegistration implements TransactionOwner, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrunkRegistration.class);

    /** The first wait after a failure; it doubles with each (RFC 5626 §4.5). */
    private static final long FIRST_RETRY_MILLIS = 10_000;

    private static final long LAST_RETRY_MILLIS = 300_000;
    /** The wait after a refusal that another try does not mend; peers lock out whoever tries too often. */
    private static final long REFUSED_RETRY_MILLIS = 300_000;

    private static final int LONGEST_EXPIRES_SECONDS = 86_400;
    private static final long LONGEST_RETRY_AFTER_SECONDS = 3_600;

    private final TrunkId trunk;
    private final Registering registering;
    private final SipEndpoint endpoint;
    private final Function<Set<Hop>, @Nullable Destination> addresses;
    private final Consumer<RegistrationStatus> changed;

    /** The addresses that were asked in this round. */
    private final Set<Hop> tried = new HashSet<>();
    /** The address that is asked now. */
    private @Nullable Destination asked;
    /** The address that knows us. */
    private @Nullable Destination registrar;

    private int expiresSeconds;
    private boolean registered;
    private long endsNanos;
    private String reason = "not registered yet";
    private int failures;
    private @Nullable Timeout next;
    private @Nullable Timeout lapse;
    private boolean closed;

    /**
     * @param expiresSeconds how long a registration is asked for
     * @param addresses gives an address that is not among those tried, or null where there is none
     * @param changed is told each time that the peer begins or ceases to know us
     */
    TrunkRegistration(
            TrunkId trunk,
            Registering registering,
            int expiresSeconds,
            SipEndpoint endpoint,
            Function<Set<Hop>, @Nullable Destination> addresses,
            Consumer<RegistrationStatus> changed) {
        this.trunk = trunk;
        this.registering = registering;
        this.expiresSeconds = expiresSeconds;
        this.endpoint = endpoint;
        this.addresses = addresses;
        this.changed = changed;
    }

    synchronized RegistrationStatus status() {
        long left = registered ? Math.max(0, TimeUnit.NANOSECONDS.toSeconds(endsNanos - System.nanoTime())) : 0;
        return new RegistrationStatus(trunk, registered, left, reason);
    }

    /** Registers, and goes on to do so until it is closed. */
    synchronized void register() {
        if (closed) {
            return;
        }
        tried.clear();
        Destination first = registrar == null ? addresses.apply(tried) : registrar;
        if (first == null) {
            failed("the trunk's host does not resolve", retryMillis());
        } else {
            ask(first);
        }
    }

    private void ask(Destination at) {
        tried.add(at.hop());
        asked = at;
        try {
            registering.send(expiresSeconds, at.hop(), this);
        } catch (SipException | RuntimeException e) {
            nextOr("REGISTER not sent: " + e.getMessage(), retryMillis());
        }
    }

    /** Goes on at the next address; where there is none, this round has failed. */
    private void nextOr(String reason, long retryMillis) {
        Destination next = addresses.apply(tried);
        if (next == null) {
            registrar = null;
            failed(reason, retryMillis);
        } else {
            LOG.info(
                    "trunk={} event=registrar-failed address={} reason=\"{}\" next={}",
                    trunk,
                    asked == null ? "-" : asked.text(),
                    reason,
                    next.text());
            ask(next);
        }
    }

    @Override
    public synchronized void response(SIPResponse response) {
        int code = response.getStatusCode();
        if (closed || code < 200) {
            return;
        }
        if (code < 300) {
            int granted = registering.grantedSeconds(response, expiresSeconds);
            if (granted > 0) {
                registered(granted);
            } else {
                failed("status " + code + " without our contact", retryMillis());
            }
        } else if (code == 423 && asked != null && lengthens(response)) {
            ask(asked);
        } else {
            refused(response);
        }
    }

    /** Takes the least time that the peer wants (RFC 3261 §10.2.8), if it is more than we asked for. */
    private boolean lengthens(SIPResponse response) {
        if (response.getHeader(MinExpiresHeader.NAME) instanceof MinExpiresHeader least
                && least.getExpires() > expiresSeconds
                && least.getExpires() <= LONGEST_EXPIRES_SECONDS) {
            expiresSeconds = least.getExpires();
            return true;
        }
        return false;
    }

    private void refused(SIPResponse response) {
        int code = response.getStatusCode();
        long after = Math.min(Causes.retryAfterSeconds(response), LONGEST_RETRY_AFTER_SECONDS);
        String reason = Authenticator.isChallenge(code)
                ? "status " + code + ": the trunk does not take the user and password of its account"
                : "status " + code;
        boolean lasting = code >= 400 && code < 500 && code != 408 && code != 423 && code != 480;
        long wait = after > 0 ? TimeUnit.SECONDS.toMillis(after) : lasting ? REFUSED_RETRY_MILLIS : retryMillis();
        if (code == 408 || (code >= 500 && code < 600)) {
            nextOr(reason, wait);
        } else {
            failed(reason, wait);
        }
    }

    @Override
    public synchronized void unreachable(Unreachable why) {
        if (!closed) {
            nextOr("REGISTER not sent: " + why.reason(), retryMillis());
        }
    }

    @Override
    public synchronized void timedOut(String method) {
        if (!closed) {
            nextOr("no response", retryMillis());
        }
    }

    private void registered(int granted) {
        failures = 0;
        boolean isNews = !registered;
        registered = true;
        registrar = asked;
        endsNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(granted);
        reason = "registered";
        if (lapse != null) {
            lapse.cancel();
        }
        lapse = endpoint.after(TimeUnit.SECONDS.toMillis(granted), this::lapsed);
        again(TimeUnit.SECONDS.toMillis(granted) * refreshPercent(granted) / 100);
        if (isNews) {
            LOG.info("trunk={} event=registered seconds={}", trunk, granted);
            changed.accept(status());
        }
    }

    /** A refresh must have time for its retransmissions and another try. */
    private static int refreshPercent(int granted) {
        return granted < 600 ? 50 : 85;
    }

    private void failed(String why, long retryMillis) {
        failures++;
        if (failures == 1 || !why.equals(reason)) {
            LOG.warn(
                    "trunk={} event=not-registered reason=\"{}\" retry-seconds={}{}",
                    trunk,
                    why,
                    TimeUnit.MILLISECONDS.toSeconds(retryMillis),
                    registered ? " effect=\"none until the last registration ends\"" : "");
        }
        boolean isNews = !registered && !why.equals(reason);
        reason = why;
        if (isNews) {
            changed.accept(status());
        }
        again(retryMillis);
    }

    private synchronized void lapsed() {
        if (!closed && registered && endsNanos - System.nanoTime() <= 0) {
            registered = false;
            registrar = null;
            reason = "registration ended: " + reason;
            LOG.warn("trunk={} event=registration-ended reason=\"{}\"", trunk, reason);
            changed.accept(status());
        }
    }

    private long retryMillis() {
        long wait = Math.min(LAST_RETRY_MILLIS, FIRST_RETRY_MILLIS << Math.min(failures, 10));
        return wait - ThreadLocalRandom.current().nextLong(wait / 4); // many do not come at once
    }

    private void again(long millis) {
        if (next != null) {
            next.cancel();
        }
        next = endpoint.after(millis, this::register);
    }

    /** Ends, and leaves the peer to whoever registers the same next. */
    synchronized void leave() {
        closed = true;
        if (next != null) {
            next.cancel();
        }
        if (lapse != null) {
            lapse.cancel();
        }
    }

    /** Tells the peer that we are gone, without waiting for its answer. */
    @Override
    public synchronized void close() {
        leave();
        Destination known = registrar;
        if (registered && known != null) {
            try {
                registering.send(0, known.hop(), this);
            } catch (SipException | RuntimeException e) {
                LOG.debug("trunk={} event=not-unregistered reason=\"{}\"", trunk, e.getMessage());
            }
        }
    }
}
