package org.paceline.sip.trunk;

import gov.nist.javax.sip.message.SIPResponse;
import io.netty.util.Timeout;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sip.SipException;
import javax.sip.header.MinExpiresHeader;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.TrunkId;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.dialog.Causes;
import org.paceline.sip.dialog.Registering;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.SipEndpoint;
import org.paceline.sip.stack.TransactionOwner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a trunk's peer told where we are (RFC 3261 §10.2): registers, refreshes before the time is over, and tries again
 * when it is refused or hears nothing.
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
    private final Supplier<@Nullable Hop> address;
    private final Consumer<RegistrationStatus> changed;

    private int expiresSeconds;
    private RegistrationStatus status = new RegistrationStatus(false, 0, "not registered yet");
    private int failures;
    private @Nullable Timeout next;
    private @Nullable Timeout lapse;
    private boolean closed;

    /**
     * @param expiresSeconds how long a registration is asked for
     * @param address the peer's address, or null while its name does not resolve
     * @param changed is told each time that the peer begins or ceases to know us
     */
    TrunkRegistration(
            TrunkId trunk,
            Registering registering,
            int expiresSeconds,
            SipEndpoint endpoint,
            Supplier<@Nullable Hop> address,
            Consumer<RegistrationStatus> changed) {
        this.trunk = trunk;
        this.registering = registering;
        this.expiresSeconds = expiresSeconds;
        this.endpoint = endpoint;
        this.address = address;
        this.changed = changed;
    }

    synchronized RegistrationStatus status() {
        return status;
    }

    /** Registers, and goes on to do so until it is closed. */
    synchronized void register() {
        if (closed) {
            return;
        }
        Hop at = address.get();
        if (at == null) {
            failed("the trunk's host does not resolve", retryMillis());
            return;
        }
        try {
            registering.send(expiresSeconds, at, this);
        } catch (SipException | RuntimeException e) {
            failed("REGISTER not sent: " + e.getMessage(), retryMillis());
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
        } else if (code == 423 && lengthens(response)) {
            register();
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
        failed(reason, wait);
    }

    @Override
    public synchronized void timedOut(String method) {
        if (!closed) {
            failed("no response", retryMillis());
        }
    }

    private void registered(int granted) {
        failures = 0;
        boolean isNews = !status.registered();
        status = new RegistrationStatus(true, System.nanoTime() + TimeUnit.SECONDS.toNanos(granted), "registered");
        if (lapse != null) {
            lapse.cancel();
        }
        lapse = endpoint.after(TimeUnit.SECONDS.toMillis(granted), this::lapsed);
        again(TimeUnit.SECONDS.toMillis(granted) * refreshPercent(granted) / 100);
        if (isNews) {
            LOG.info("trunk={} event=registered seconds={}", trunk, granted);
            changed.accept(status);
        }
    }

    /** A refresh must have time for its retransmissions and another try. */
    private static int refreshPercent(int granted) {
        return granted < 600 ? 50 : 85;
    }

    private void failed(String reason, long retryMillis) {
        failures++;
        if (failures == 1 || !reason.equals(status.reason())) {
            LOG.warn(
                    "trunk={} event=not-registered reason=\"{}\" retry-seconds={}{}",
                    trunk,
                    reason,
                    TimeUnit.MILLISECONDS.toSeconds(retryMillis),
                    status.registered() ? " effect=\"none until the last registration ends\"" : "");
        }
        boolean isNews = !status.registered() && !reason.equals(status.reason());
        status = new RegistrationStatus(status.registered(), status.endsNanos(), reason);
        if (isNews) {
            changed.accept(status);
        }
        again(retryMillis);
    }

    private synchronized void lapsed() {
        if (!closed && status.registered() && status.endsNanos() - System.nanoTime() <= 0) {
            status = new RegistrationStatus(false, 0, "registration ended: " + status.reason());
            LOG.warn("trunk={} event=registration-ended reason=\"{}\"", trunk, status.reason());
            changed.accept(status);
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

    /** Tells the peer that we are gone, without waiting for its answer. */
    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel();
        }
        if (lapse != null) {
            lapse.cancel();
        }
        Hop at = address.get();
        if (status.registered() && at != null) {
            try {
                registering.send(0, at, this);
            } catch (SipException | RuntimeException e) {
                LOG.debug("trunk={} event=not-unregistered reason=\"{}\"", trunk, e.getMessage());
            }
        }
    }
}
