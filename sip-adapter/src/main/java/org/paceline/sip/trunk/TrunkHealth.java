package org.paceline.sip.trunk;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.trunk.AddressStatus;
import org.paceline.dialer.trunk.TrunkState;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.SipEndpoint;
import org.paceline.sip.trunk.TrunkAddress.Probe;

/**
 * How each address of one trunk fares, and with them the trunk: it is up while one of them is. Each change is reported
 * once.
 *
 * <p>Thread: any.
 */
final class TrunkHealth {

    private static final String NO_ANSWER_YET = "no answer to OPTIONS yet";
    private static final String FIRST_CALL = "first call will tell";

    private final TrunkAddress settings;
    private final SipEndpoint endpoint;
    private final TrunkReports reports;
    private final Map<Hop, AddressHealth> health = new LinkedHashMap<>();
    private String unresolved = "";
    private boolean closed;

    TrunkHealth(TrunkAddress settings, SipEndpoint endpoint, TrunkReports reports) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.reports = reports;
    }

    /** Reports the first state of a trunk that must answer first. */
    synchronized void start() {
        if (settings.probe() == Probe.OPTIONS) {
            reports.trunk(false, 0, NO_ANSWER_YET, System.nanoTime());
        }
    }

    /** Nothing is reported any more. */
    synchronized void close() {
        closed = true;
    }

    /**
     * Takes the addresses that there are now, and forgets others.
     *
     * @param why which names do not resolve and why, in one line; empty where all do
     */
    synchronized void use(Set<Hop> addresses, String why) {
        long now = System.nanoTime();
        unresolved = why;
        health.keySet().retainAll(addresses);
        reports.keep(addresses);
        boolean isUp = settings.probe() == Probe.CALLS;
        addresses.forEach(
                at -> health.computeIfAbsent(at, _ -> new AddressHealth(isUp, isUp ? FIRST_CALL : NO_ANSWER_YET, now)));
        reports.unresolved(why);
        tell(FIRST_CALL);
        if (health.isEmpty()) {
            reports.stillDown(reason(now, ""));
        }
    }

    // ---- how they are

    synchronized boolean isEmpty() {
        return health.isEmpty();
    }

    synchronized boolean knows(Hop at) {
        return health.containsKey(at);
    }

    /** Whether the address may get a call at all. */
    synchronized boolean takesCalls(Hop at) {
        AddressHealth its = health.get(at);
        return its != null && its.takesCalls(System.nanoTime());
    }

    /** Whether another address may get a call than those. */
    synchronized boolean hasOther(Set<Hop> than) {
        return health.keySet().stream().anyMatch(each -> !than.contains(each) && takesCalls(each));
    }

    /** Takes a call to the address if that is preferred to others that only take calls. */
    synchronized boolean places(Hop at, Object call) {
        long now = System.nanoTime();
        AddressHealth its = health.get(at);
        if (its == null || !its.isPreferred(now)) {
            return false;
        }
        its.placed(call, now);
        return true;
    }

    /** Returns how the address is now, or null where it is not one of the trunk's. */
    synchronized @Nullable AddressStatus status(Destination at) {
        AddressHealth its = health.get(at.hop());
        if (its == null) {
            return null;
        }
        long now = System.nanoTime();
        TrunkState state = its.shown(now);
        return new AddressStatus(
                settings.id(),
                at.host(),
                at.text(),
                state,
                state == TrunkState.UP ? null : its.reason(now),
                its.roundTripNanos() / 1_000);
    }

    /** Returns why a call has no address to go to, for people. */
    synchronized String obstacle() {
        return reason(System.nanoTime(), "no address takes calls");
    }

    // ---- what calls show

    void gone(Hop at, Object call) {
        with(at, its -> its.gone(call), "");
    }

    void heard(Hop at) {
        with(at, AddressHealth::heard, "a call got a response");
    }

    void worked(Hop at) {
        with(at, AddressHealth::worked, "a call got through");
    }

    /** Its only address is stopped by silence where no OPTIONS tell more; else the others must take its calls. */
    synchronized void silent(Hop at, Object call) {
        long now = System.nanoTime();
        boolean mayStop = settings.probe() == Probe.CALLS || hasOther(Set.of(at));
        with(at, its -> its.silent(call, mayStop, now), "calls without any response");
    }

    /** Its only address is not stopped: the engine stops a trunk that fails call after call. */
    synchronized void faulty(Hop at, Object call, String what) {
        long now = System.nanoTime();
        boolean mayStop = hasOther(Set.of(at));
        with(at, its -> its.faulty(call, what, mayStop, now), what);
    }

    /** A call could not be sent there, as no connection can be had; it is left alone for a while, be it the only one. */
    synchronized void unreachable(Hop at, Object call, String what) {
        long now = System.nanoTime();
        with(at, its -> its.unreachable(call, what, now), what);
    }

    void overloaded(Hop at, int retryAfterSeconds) {
        block(at, retryAfterSeconds, "status 503");
    }

    /**
     * The trunk asks for a password that we do not have, or refuses the one that we have. The next calls wait a while,
     * whatever the address, because each would be refused, and carriers lock out whoever tries too often.
     */
    synchronized void unauthenticated(String reason) {
        long now = System.nanoTime();
        health.values().forEach(its -> its.block(Authenticator.REFUSED_MILLIS, reason, now));
        tell(reason);
    }

    void unavailable(Hop at, int retryAfterSeconds) {
        with(at, its -> its.rest(retryAfterSeconds * 1_000L, System.nanoTime()), "status 480");
    }

    // ---- what OPTIONS show

    /** An OPTIONS was answered; a 503 with Retry-After says that no calls are wanted until then. */
    synchronized void optionsAnswered(Hop at, int status, int retryAfterSeconds, long tookNanos) {
        String why = "OPTIONS answered " + status;
        AddressHealth its = health.get(at);
        if (its != null) {
            its.optionsAnswered(status, tookNanos);
            if (status == 503) {
                block(at, retryAfterSeconds, why);
            }
            tell(why);
        }
    }

    /** An OPTIONS could not be sent, as no connection can be had. */
    synchronized void unreachable(Hop at, String why) {
        with(at, its -> its.unreachable(why), why);
        if (!closed) {
            reports.stillDown(reason(System.nanoTime(), why));
        }
    }

    void optionsUnanswered(Hop at) {
        with(at, AddressHealth::optionsUnanswered, "OPTIONS without an answer");
    }

    // ---- what is told

    private synchronized void block(Hop at, int retryAfterSeconds, String why) {
        if (retryAfterSeconds > 0) {
            with(at, its -> its.block(retryAfterSeconds * 1_000L, why, System.nanoTime()), why);
        }
    }

    private synchronized void with(Hop at, Consumer<AddressHealth> change, String why) {
        AddressHealth its = health.get(at);
        if (its == null || closed) {
            return;
        }
        TrunkState before = its.shown(System.nanoTime());
        change.accept(its);
        TrunkState after = its.shown(System.nanoTime());
        if (before != after || after == TrunkState.BLOCKED) {
            tell(why);
            tellAgainAfter(its, after);
        }
    }

    /** A pause and a block end by themselves. */
    private void tellAgainAfter(AddressHealth its, TrunkState state) {
        long now = System.nanoTime();
        long millis = state == TrunkState.STOPPED
                ? its.pauseMillisLeft(now)
                : state == TrunkState.BLOCKED ? its.blockMillisLeft(now) : 0;
        if (millis > 0) {
            endpoint.after(millis, () -> {
                synchronized (this) {
                    tell("tried again");
                }
            });
        }
    }

    private void tell(String why) {
        if (closed) {
            return;
        }
        long now = System.nanoTime();
        if (health.size() > 1) {
            health.forEach((at, its) -> reports.address(at, its.shown(now), its.reason(now)));
        }
        boolean up = health.values().stream().anyMatch(its -> its.isUp(now));
        reports.trunk(up, blockMillisLeft(now), up ? why : reason(now, why), now);
    }

    /** For how long all addresses that are up want no calls; 0 where one takes calls. */
    private long blockMillisLeft(long now) {
        return health.values().stream()
                .filter(its -> its.isUp(now))
                .mapToLong(its -> its.blockMillisLeft(now))
                .min()
                .orElse(0);
    }

    private String reason(long now, String unless) {
        if (health.isEmpty()) {
            return unresolved;
        }
        if (health.size() == 1) {
            return health.values().iterator().next().reason(now);
        }
        return health.entrySet().stream()
                .filter(each -> !each.getValue().takesCalls(now))
                .map(each -> each.getKey().text() + ": " + each.getValue().reason(now))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("; "), all -> all.isEmpty() ? unless : "no address is up: " + all));
    }
}
