package org.paceline.sip.call;

import gov.nist.javax.sip.address.SipUri;
import io.netty.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.call.LegEnd.Failed;
import org.paceline.sip.dialog.CallFailure;
import org.paceline.sip.dialog.CallFailure.Kind;
import org.paceline.sip.dialog.CallListener;
import org.paceline.sip.dialog.CallTarget;
import org.paceline.sip.dialog.CallerIdentity;
import org.paceline.sip.dialog.Mailbox;
import org.paceline.sip.dialog.OutboundCall;
import org.paceline.sip.stack.CallSubject;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.SipCounters.Counter;
import org.paceline.sip.trunk.Destination;
import org.paceline.sip.trunk.TrunkProbe;
import org.paceline.sip.trunk.TrunkRoute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places the call of one leg, at one address of the trunk after the other until one takes it, and follows redirections.
 * What the call shows of each address is told to the trunk.
 *
 * <p>The next address is tried where the one before gave no response in time, could not be sent to, or refused with 503,
 * 500 or 408 by its own doing (RFC 3263 §4.3), and as long as no response said that the call got further. It is the same
 * attempt.
 *
 * <p>Thread: within the leg's mailbox.
 */
final class Placing {

    private static final Logger LOG = LoggerFactory.getLogger(Placing.class);

    private final CallId id;
    private final DialOrder order;
    private final TrunkProbe trunk;
    private final LegSurroundings around;
    private final CallListener leg;
    private final Mailbox mailbox;
    private final TrunkRoute route;
    private final Redirections redirections;

    private @Nullable OutboundCall call;
    private @Nullable Timeout failover;
    /** Whether the call went by a connection that was sent last. */
    private boolean isStream;
    /** A response said that the call got further than the trunk. */
    private boolean gotFurther;
    /** The last failure at an address to which something was sent. */
    private @Nullable CallFailure sentInVain;

    Placing(CallId id, DialOrder order, TrunkProbe trunk, LegSurroundings around, CallListener leg, Mailbox mailbox) {
        this.id = id;
        this.order = order;
        this.trunk = trunk;
        this.around = around;
        this.leg = leg;
        this.mailbox = mailbox;
        route = trunk.route();
        redirections = new Redirections(order.number().e164(), trunk);
    }

    /** Returns the first address; null where none takes calls. */
    @Nullable
    Destination first() {
        return route.next();
    }

    /** Sends the INVITE to an address of the trunk. */
    void send(Destination to, CustomerMedia media) {
        send(trunk.identity().callee(order.number().e164(), to.host(), to.uriPort()), to.hop(), media);
    }

    /** Whether an INVITE was made. */
    boolean isPlaced() {
        return call != null;
    }

    void cancel() {
        stopFailover();
        if (call != null) {
            call.cancel();
        }
    }

    void hangUp() {
        if (call != null) {
            call.hangUp();
        }
    }

    void provisional(int status) {
        stopFailover();
        route.heard();
        if (status > 100) {
            gotFurther = true;
            route.worked();
        }
    }

    void answered() {
        stopFailover();
        trunk.counts().answered();
        route.worked();
    }

    /**
     * Takes the failure of the call that was sent last, and goes on where another address may take the call.
     *
     * @param end what the failure would be the end as
     * @param isWanted whether the call is still wanted
     * @return whether the call goes on
     */
    boolean goesOn(CallFailure failure, LegEnd end, boolean isWanted, @Nullable CustomerMedia media) {
        stopFailover();
        boolean isTrunks = end instanceof Failed failed && failed.fault() == Fault.TRUNK;
        show(failure, isTrunks);
        if (!isWanted || media == null) {
            return false;
        }
        return isRedirected(failure, media) || isSentElsewhere(failure, isTrunks, media);
    }

    /** Returns the failure that the leg ends with: one after which something was sent counts as an attempt. */
    CallFailure told(CallFailure last) {
        CallFailure sent = sentInVain;
        return last.kind() == Kind.NOT_SENT && sent != null ? sent : last;
    }

    /** The leg is over. */
    void over() {
        stopFailover();
        route.leave();
    }

    private void send(SipUri to, Hop hop, CustomerMedia media) {
        CallerIdentity caller =
                trunk.identity().caller(order.callerId(), order.number().e164(), around.callerIdHost());
        CallTarget target = new CallTarget(
                CallSubject.customer(id, order.number().e164(), order.trunk()),
                to,
                caller,
                false,
                hop,
                trunk.extensions(),
                trunk.authenticator());
        isStream = hop.transport().isStream();
        OutboundCall placed = around.calls().create(target, media.local(), leg, mailbox);
        call = placed;
        failover = around.calls()
                .endpoint()
                .after(trunk.failoverMillis(), () -> mailbox.run(() -> giveUpIfSilent(placed)));
        placed.start();
    }

    private void giveUpIfSilent(OutboundCall placed) {
        if (placed.equals(call) && failover != null && route.hasNext()) {
            placed.giveUpIfSilent();
        }
    }

    private void stopFailover() {
        if (failover != null) {
            failover.cancel();
            failover = null;
        }
    }

    /** Tells the trunk what the failure shows of the address. */
    private void show(CallFailure failure, boolean isTrunks) {
        CallCause cause = failure.cause();
        count(failure);
        switch (failure.kind()) {
            case REFUSED -> {
                route.heard();
                if (Authenticator.isChallenge(cause.sipStatus())) {
                    route.unauthenticated(failure.detail());
                } else if (isTrunks && mayBeTakenElsewhere(cause.sipStatus())) {
                    route.faulty(failure.detail());
                } else {
                    route.worked();
                }
                if (isTrunks && cause.sipStatus() == 503) {
                    route.overloaded(cause.retryAfterSeconds());
                } else if (cause.sipStatus() == 480 && cause.retryAfterSeconds() > 0 && !gotFurther) {
                    route.unavailable(cause.retryAfterSeconds());
                }
            }
            case SILENT -> route.silent();
            case NOT_SENT -> {
                if (isStream) {
                    route.unreachable(failure.detail());
                } else {
                    route.faulty(failure.detail());
                }
            }
            case CANCEL_UNANSWERED, GIVEN_UP, ANSWERED_LATE, BAD_ANSWER -> {}
        }
        route.leave();
    }

    private void count(CallFailure failure) {
        switch (failure.kind()) {
            case REFUSED -> trunk.counts().refused(failure.cause().sipStatus());
            case SILENT, CANCEL_UNANSWERED, GIVEN_UP -> trunk.counts().unanswered();
            case NOT_SENT -> trunk.counts().unsent();
            case ANSWERED_LATE, BAD_ANSWER -> trunk.counts().answered();
        }
    }

    private boolean isRedirected(CallFailure failure, CustomerMedia media) {
        if (failure.kind() != Kind.REFUSED) {
            return false;
        }
        Redirections.Way way = redirections.next(failure);
        if (way == null) {
            return false;
        }
        LOG.info("call={} event=redirected to={}", id, way.hop());
        sentInVain = failure;
        send(way.to(), way.hop(), media);
        return true;
    }

    private boolean isSentElsewhere(CallFailure failure, boolean isTrunks, CustomerMedia media) {
        boolean may = switch (failure.kind()) {
            case SILENT, NOT_SENT -> true;
            case REFUSED -> isTrunks && mayBeTakenElsewhere(failure.cause().sipStatus());
            case CANCEL_UNANSWERED, GIVEN_UP, ANSWERED_LATE, BAD_ANSWER -> false;
        };
        Destination next = may && !gotFurther ? route.next() : null;
        if (next == null) {
            return false;
        }
        if (failure.kind() != Kind.NOT_SENT) {
            sentInVain = failure;
        }
        LOG.info("call={} event=next-address to={} reason=\"{}\"", id, next.text(), failure.detail());
        around.phones().counters().add(Counter.CALLS_FAILED_OVER);
        trunk.counts().failedOver();
        media.signalledBy(next.hop().address());
        send(next, media);
        return true;
    }

    /** Whether another address may well take what one refuses with that status. */
    private static boolean mayBeTakenElsewhere(int status) {
        return status == 503 || status == 500 || status == 408;
    }
}
