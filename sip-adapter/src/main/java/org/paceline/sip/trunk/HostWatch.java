package org.paceline.sip.trunk;

import gov.nist.javax.sip.message.SIPResponse;
import java.util.ArrayList;
import java.util.List;
import javax.sip.SipException;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.dialog.Causes;
import org.paceline.sip.dialog.SipCalls;
import org.paceline.sip.stack.NameResolver;
import org.paceline.sip.stack.TransactionOwner;
import org.paceline.sip.trunk.TrunkAddress.Probe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one host of a trunk: resolves its name again and again, and asks each of its addresses by OPTIONS where the
 * trunk is checked so.
 *
 * <p>Thread: any; one round at a time.
 */
final class HostWatch {

    private static final Logger LOG = LoggerFactory.getLogger(HostWatch.class);
    /** The longest time until a name that did not resolve is tried again. */
    private static final long TRY_AGAIN_MILLIS = 30_000;

    private final TrunkHost host;
    private final TrunkAddress settings;
    private final TrunkAddresses trunk;
    private final SipCalls calls;
    private final Authenticator authenticator;
    private final HostResolver resolver;
    private volatile boolean closed;

    /** @param trunk is told what was found and answered */
    HostWatch(
            TrunkHost host,
            TrunkAddress settings,
            TrunkAddresses trunk,
            SipCalls calls,
            Authenticator authenticator,
            HostResolver resolver) {
        this.host = host;
        this.settings = settings;
        this.trunk = trunk;
        this.calls = calls;
        this.authenticator = authenticator;
        this.resolver = resolver;
    }

    /**
     * Begins the first round; an address that needs no resolution is told at once.
     *
     * @param resolved runs once that was tried
     */
    void start(Runnable resolved) {
        resolver.resolve(host, found -> {
            if (closed) {
                return;
            }
            List<Destination> destinations = trunk.resolved(host, found);
            resolved.run();
            boolean asks = settings.probe() == Probe.OPTIONS;
            List<Asked> asked = asks ? destinations.stream().map(this::ask).toList() : List.of();
            boolean isDone = !asks && !found.isEmpty() && NameResolver.literal(host.host()) != null;
            if (!isDone) {
                calls.endpoint().after(pauseMillis(found.isEmpty()), () -> again(asked));
            }
        });
    }

    void close() {
        closed = true;
    }

    private long pauseMillis(boolean unresolved) {
        long interval = settings.probeIntervalMillis();
        return unresolved ? Math.min(interval, TRY_AGAIN_MILLIS) : interval;
    }

    private void again(List<Asked> asked) {
        if (!closed) {
            List<Asked> silent = new ArrayList<>(asked);
            silent.removeIf(one -> one.answered);
            silent.forEach(one -> trunk.optionsUnanswered(one.at));
            start(() -> {});
        }
    }

    private Asked ask(Destination at) {
        Asked asked = new Asked(at);
        try {
            calls.probe(at.host(), at.hop(), authenticator, asked);
        } catch (SipException | RuntimeException e) {
            LOG.debug(
                    "trunk={} address={} method=OPTIONS sent=no reason=\"{}\"",
                    settings.id(),
                    at.text(),
                    e.getMessage());
        }
        return asked;
    }

    /** One OPTIONS: any response will do. */
    private final class Asked implements TransactionOwner {
        private final Destination at;
        private volatile boolean answered;

        Asked(Destination at) {
            this.at = at;
        }

        @Override
        public void response(SIPResponse response) {
            if (!answered && !closed) {
                answered = true;
                trunk.optionsAnswered(at, response.getStatusCode(), Causes.retryAfterSeconds(response));
            }
        }

        @Override
        public void timedOut(String method) {}
    }
}
