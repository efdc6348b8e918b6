package org.paceline.sip.trunk;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.Hop;

/**
 * The way of one call over a trunk: the addresses that it has tried, and the one that it is at. What the call shows of
 * that address is told here.
 *
 * <p>Thread: within the call's mailbox.
 */
public final class TrunkRoute {

    private final TrunkAddresses trunk;
    private final Set<Hop> tried = new HashSet<>();
    private @Nullable Hop at;

    TrunkRoute(TrunkAddresses trunk) {
        this.trunk = trunk;
    }

    /** Goes to the best address that was not tried; null, and the route is at none, where there is none. */
    public @Nullable Destination next() {
        leave();
        Destination next = trunk.pick(tried, this);
        if (next != null) {
            tried.add(next.hop());
            at = next.hop();
        }
        return next;
    }

    /** Whether there is an address that was not tried and takes calls now. */
    public boolean hasNext() {
        return trunk.health().hasOther(tried);
    }

    /** The call goes elsewhere, or is over, and shows nothing of the address any more. */
    public void leave() {
        if (at != null) {
            trunk.health().gone(at, this);
            at = null;
        }
    }

    /** Any response came. */
    public void heard() {
        if (at != null) {
            trunk.health().heard(at);
        }
    }

    /** The call was answered, or refused by others than the trunk. */
    public void worked() {
        if (at != null) {
            trunk.health().worked(at);
        }
    }

    /** No response came at all. */
    public void silent() {
        if (at != null) {
            trunk.health().silent(at, this);
        }
    }

    /**
     * The call failed by the address's doing.
     *
     * @param what for people
     */
    public void faulty(String what) {
        if (at != null) {
            trunk.health().faulty(at, this, what);
        }
    }

    /**
     * The call could not be sent, as no connection to the address can be had.
     *
     * @param what for people
     */
    public void unreachable(String what) {
        if (at != null) {
            trunk.health().unreachable(at, this, what);
        }
    }

    /** The address asks to be left alone (503 with Retry-After, RFC 3261 §21.5.4). */
    public void overloaded(int retryAfterSeconds) {
        if (at != null) {
            trunk.health().overloaded(at, retryAfterSeconds);
        }
    }

    /** The trunk challenges us in vain. */
    public void unauthenticated(String reason) {
        trunk.health().unauthenticated(reason);
    }

    /**
     * The call was refused with 480 and a Retry-After: most likely in the called party's name (RFC 3261 §20.33), but
     * some gateways say so themselves. Nothing is stopped for it; other addresses are preferred for a while.
     */
    public void unavailable(int retryAfterSeconds) {
        if (at != null) {
            trunk.health().unavailable(at, retryAfterSeconds);
        }
    }
}
