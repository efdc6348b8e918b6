package org.paceline.sip.trunk;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.event.Event.TrunkChanged;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.trunk.TrunkState;
import org.paceline.sip.stack.Hop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the engine and the log what changed of a trunk, once each.
 *
 * <p>Thread: within the trunk's lock.
 */
final class TrunkReports {

    private static final Logger LOG = LoggerFactory.getLogger(TrunkReports.class);
    /** By how much a block must differ from the one told to be told, because many 503 come at once. */
    private static final long BLOCK_STEP_NANOS = 1_000_000_000L;

    private final TrunkId trunk;
    private final Consumer<Event> events;
    private final Map<Hop, TrunkState> addresses = new HashMap<>();
    private boolean isTold;
    private boolean up;
    private long blockedUntilNanos;
    private String toldWhy = "";
    private final Map<String, String> leads = new HashMap<>();
    private final Map<String, String> matchFailures = new HashMap<>();
    private String unresolved = "";

    TrunkReports(TrunkId trunk, Consumer<Event> events) {
        this.trunk = trunk;
        this.events = events;
    }

    /**
     * Takes how the trunk is now.
     *
     * @param blockedMillis for how long no call may be placed on it although it is up
     * @param why one line for people
     */
    void trunk(boolean isUp, long blockedMillis, String why, long nowNanos) {
        long toldLeft = isTold ? Math.max(0, blockedUntilNanos - nowNanos) : 0;
        boolean isOtherBlock = Math.abs(blockedMillis * 1_000_000 - toldLeft) >= BLOCK_STEP_NANOS;
        if (!isTold || isUp != up || isOtherBlock) {
            blockedUntilNanos = nowNanos + blockedMillis * 1_000_000;
            tell(isUp, blockedMillis, why);
        }
        isTold = true;
        up = isUp;
    }

    /** Takes which of its hosts do not resolve and why, or, empty, that all do. */
    void unresolved(String why) {
        boolean isNews = !why.equals(unresolved);
        unresolved = why;
        if (isNews && !why.isEmpty() && isTold) {
            LOG.warn("trunk={} event=name-not-resolved reason=\"{}\"", trunk, why);
        }
    }

    /** Takes why a name that the trunk matches besides its hosts does not resolve, or, empty, that it does. */
    void matchFailed(String name, String why) {
        if (!why.isEmpty() && !why.equals(matchFailures.put(name, why))) {
            LOG.warn("trunk={} event=name-not-resolved reason=\"match {}: {}\"", trunk, name, why);
        } else if (why.isEmpty()) {
            matchFailures.remove(name);
        }
    }

    /** Takes which addresses a host's name leads to, empty for none yet. */
    void leadsTo(String host, String addresses, long ttlMillis) {
        if (!addresses.isEmpty() && !addresses.equals(leads.put(host, addresses))) {
            LOG.info(
                    "trunk={} event=name-resolved host={} to=\"{}\" seconds={}",
                    trunk,
                    host,
                    addresses,
                    ttlMillis / 1_000);
        }
    }

    /** Takes why the trunk, which was told to be down, is still down. */
    void stillDown(String why) {
        if (isTold && !up && !why.equals(toldWhy)) {
            tell(false, 0, why);
        }
    }

    /** Takes how one address is now. */
    void address(Hop at, TrunkState state, String why) {
        TrunkState before = addresses.put(at, state);
        if (before != state) {
            LOG.info("trunk={} address={} state={} reason=\"{}\"", trunk, at.text(), state, why);
        }
    }

    /** Forgets the addresses that are not among these. */
    void keep(Set<Hop> known) {
        addresses.keySet().retainAll(known);
    }

    private void tell(boolean isUp, long blockedMillis, String why) {
        toldWhy = why;
        LOG.info("trunk={} up={} blocked_ms={} reason=\"{}\"", trunk, isUp, blockedMillis, why);
        events.accept(new TrunkChanged(trunk, isUp, blockedMillis, why));
    }
}
