package org.paceline.sip.trunk;

import gov.nist.javax.sip.message.SIPResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sip.SipException;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.dialog.Causes;
import org.paceline.sip.dialog.SipCalls;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.TransactionOwner;
import org.paceline.sip.stack.Unreachable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each address of a trunk by OPTIONS, again and again; a new one at once.
 *
 * <p>Thread: any.
 */
final class OptionsProbe {

    private static final Logger LOG = LoggerFactory.getLogger(OptionsProbe.class);

    private final TrunkAddress settings;
    private final TrunkAddresses trunk;
    private final SipCalls calls;
    private final Authenticator authenticator;
    /** What was asked last of each address. */
    private final Map<Hop, Asked> asked = new HashMap<>();

    private boolean closed;

    /** @param trunk is told what is answered */
    OptionsProbe(TrunkAddress settings, TrunkAddresses trunk, SipCalls calls, Authenticator authenticator) {
        this.settings = settings;
        this.trunk = trunk;
        this.calls = calls;
        this.authenticator = authenticator;
    }

    void start() {
        calls.endpoint().after(settings.probeIntervalMillis(), this::round);
    }

    /** Asks those among the addresses that were not asked yet. */
    synchronized void found(List<Destination> destinations) {
        destinations.stream().filter(each -> !asked.containsKey(each.hop())).forEach(this::ask);
    }

    synchronized void close() {
        closed = true;
    }

    private synchronized void round() {
        if (closed) {
            return;
        }
        List<Destination> all = trunk.destinations();
        asked.keySet().retainAll(all.stream().map(Destination::hop).toList());
        long justNow = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(settings.probeIntervalMillis()) / 2;
        for (Destination each : all) {
            Asked last = asked.get(each.hop());
            if (last != null && last.atNanos - justNow > 0) {
                continue;
            }
            if (last != null && !last.answered) {
                trunk.health().optionsUnanswered(each.hop());
            }
            ask(each);
        }
        start();
    }

    private void ask(Destination at) {
        Asked now = new Asked(at);
        asked.put(at.hop(), now);
        try {
            calls.probe(at.host(), at.uriPort(), at.hop(), authenticator, now);
        } catch (SipException | RuntimeException e) {
            LOG.debug(
                    "trunk={} address={} method=OPTIONS sent=no reason=\"{}\"",
                    settings.id(),
                    at.text(),
                    e.getMessage());
        }
    }

    /** One OPTIONS: any response will do. */
    private final class Asked implements TransactionOwner {
        private final Destination at;
        private final long atNanos = System.nanoTime();
        private volatile boolean answered;

        Asked(Destination at) {
            this.at = at;
        }

        @Override
        public void response(SIPResponse response) {
            if (!answered) {
                answered = true;
                trunk.health()
                        .optionsAnswered(
                                at.hop(),
                                response.getStatusCode(),
                                Causes.retryAfterSeconds(response),
                                System.nanoTime() - atNanos);
            }
        }

        @Override
        public void timedOut(String method) {}

        @Override
        public void unreachable(Unreachable why) {
            if (!answered) {
                trunk.health().unreachable(at.hop(), why.reason());
            }
        }
    }
}
