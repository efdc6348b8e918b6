package org.paceline.dialer.trunk;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.time.Moment;

/**
 * One trunk: its channels in use, and its allowances of new calls: one for planning and one for sending.
 *
 * <p>Thread: engine only.
 */
public final class Trunk {
    private static final long FIRST_REST_MILLIS = 1_000;
    private static final long LONGEST_REST_MILLIS = 30_000;

    private TrunkSettings settings;
    private boolean retired;
    private boolean up;
    private @Nullable String reason = "not heard of yet";
    private int channelsInUse;
    private final Allowance planning;
    private final Allowance sending;
    private int sendFailures;
    /** What the network asks for (Retry-After). */
    private final Rest asked;
    /** What INVITEs that could not be sent cost. */
    private final Rest unsent;

    private final Breaker breaker = new Breaker();
    private final TrunkTally tally = new TrunkTally();

    Trunk(TrunkSettings settings, Moment now) {
        this.settings = settings;
        this.planning = new Allowance(now.nanos());
        this.sending = new Allowance(now.nanos());
        this.asked = new Rest(now);
        this.unsent = new Rest(now);
    }

    /** A time in which no call may be placed. */
    private static final class Rest {
        private long untilNanos;
        private long untilEpochMillis;

        Rest(Moment now) {
            take(0, now);
        }

        void take(long millis, Moment now) {
            untilNanos = now.nanos() + millis * 1_000_000;
            untilEpochMillis = now.epochMillis() + millis;
        }

        boolean isOver(Moment now) {
            return untilNanos - now.nanos() <= 0;
        }

        long endEpochMillis(Moment now) {
            return isOver(now) ? 0 : untilEpochMillis;
        }
    }

    void settings(TrunkSettings changed) {
        settings = changed;
        retired = false;
    }

    /** It is configured no more. */
    Trunk retired() {
        retired = true;
        up = false;
        reason = "configured no more";
        return this;
    }

    /** Whether it is configured no more and its last call is over. */
    boolean isGone() {
        return retired && channelsInUse == 0;
    }

    public TrunkSettings settings() {
        return settings;
    }

    /**
     * Takes what the network says of the trunk.
     *
     * @param blockedMillis for how long no call may be placed from now on, whatever was said before
     */
    public void changed(boolean isUp, long blockedMillis, String why, Moment now) {
        if (retired) {
            return;
        }
        up = isUp;
        asked.take(blockedMillis, now);
        if (!isUp || blockedMillis > 0) {
            reason = why;
        } else if (unsent.isOver(now)) {
            reason = null;
        }
    }

    /** Whether one more call may be placed on it now. */
    public boolean hasRoom(Moment now) {
        return channelsLeft(now) > 0 && allowance(now) >= 1;
    }

    /** How many more calls of campaigns the trunk takes at most, whatever its rate. */
    int channelsLeft(Moment now) {
        int left = isUsable(now) ? Math.max(0, settings.channelsForCampaigns() - channelsInUse) : 0;
        return breaker.isTrying(now) ? Math.min(1, left) : left;
    }

    /** New calls that its rate allows now, fractions included. */
    double allowance(Moment now) {
        return planning.at(now.nanos(), settings.callsPerSecond());
    }

    private boolean isUsable(Moment now) {
        return !isDown(now) && !breaker.isShut(now);
    }

    public void take(CallId call) {
        planning.take();
        channelsInUse++;
        breaker.placed(call);
    }

    /**
     * Whether a stored call may be sent at this moment: calls that were planned at the trunk's rate may all be
     * stored at once.
     */
    public boolean maySend(Moment now) {
        return sending.at(now.nanos(), settings.callsPerSecond()) >= 1 || isDown(now);
    }

    public void sent() {
        sending.take();
    }

    /** Whether the trunk is down or blocked, whatever its channels, or is stopped for all calls but another one. */
    public boolean isDownFor(CallId call, Moment now) {
        return isDown(now) || breaker.keepsBack(call, now);
    }

    private boolean isDown(Moment now) {
        return !up || !asked.isOver(now) || !unsent.isOver(now);
    }

    /**
     * An INVITE could not be sent: the trunk is left alone for a while, which is longer after each failure in a row.
     */
    public void sendFailed(String why, Moment now) {
        long millis = Math.min(LONGEST_REST_MILLIS, FIRST_REST_MILLIS << Math.min(sendFailures++, 10));
        unsent.take(millis, now);
        reason = why;
    }

    /** The network answered on the trunk. */
    public void heard() {
        sendFailures = 0;
    }

    public void release(CallId call) {
        channelsInUse--;
        breaker.gone(call);
    }

    /** Counts what its attempts come to. */
    public TrunkTally tally() {
        return tally;
    }

    // ---- what its calls show

    /** A phone rings. */
    public void rings(CallId call) {
        breaker.rings(call);
    }

    /** It carried the call: the call was answered, or the called party ended it. */
    public void carried(CallId call, Moment plannedAt) {
        breaker.carried(call, plannedAt);
    }

    /** The called party is said to have refused the call, before any phone rang. */
    public void refusedUnrung(CallId call, Moment plannedAt, int sipStatus, Moment now) {
        breaker.refusedUnrung(call, plannedAt, sipStatus, now);
    }

    /** The call failed by the trunk's doing, or by ours in a way that will fail other calls too. */
    public void failed(CallId call, String what, Moment now) {
        breaker.failed(call, what, now);
    }

    /** Whether it was stopped after a run of failed calls. */
    public boolean isStopped() {
        return breaker.isOpen();
    }

    /** Why it was stopped after a run of failed calls, one line for people; null where it was not. */
    public @Nullable String stopped() {
        return breaker.why();
    }

    /** Whether it takes a call, now or as soon as its rate allows. */
    boolean takesCalls(Moment now) {
        return isUsable(now) && !isFull();
    }

    /** Returns what keeps the trunk from taking any number of calls, whatever its rate. */
    String limit(Moment now) {
        String stopped = breaker.why();
        if (stopped != null && breaker.isShut(now)) {
            return "trunk " + settings.id() + " is stopped: " + stopped;
        }
        if (!isUsable(now)) {
            return "trunk " + settings.id() + " is " + (up ? "blocked: " : "down: ") + reason;
        }
        return "trunk " + settings.id() + " has all " + settings.channelsForCampaigns() + " channels in use"
                + (settings.reservedChannels() == 0
                        ? ""
                        : " and keeps " + settings.reservedChannels() + " free for calls of no campaign");
    }

    /** Whether it would take a call but for the channels that campaigns leave free. */
    boolean isHeldBack(Moment now) {
        return isUsable(now) && isFull() && settings.reservedChannels() > 0;
    }

    private boolean isFull() {
        return channelsInUse >= settings.channelsForCampaigns();
    }

    public boolean up() {
        return up;
    }

    public @Nullable String reason() {
        String stopped = breaker.why();
        return stopped == null ? reason : stopped;
    }

    public int channelsInUse() {
        return channelsInUse;
    }

    /**
     * When the trunk may be used again, epoch milliseconds: the end of a Retry-After, or the next try of a stopped
     * trunk; 0 where neither holds.
     */
    public long blockedUntilEpochMillis(Moment now) {
        long rest = Math.max(asked.endEpochMillis(now), unsent.endEpochMillis(now));
        return Math.max(rest, breaker.triesAtEpochMillis(now));
    }

    /** Whether calls may be placed on it now, whatever its channels and rate. */
    public TrunkState state(Moment now) {
        if (!up) {
            return TrunkState.DOWN;
        }
        if (breaker.isOpen()) {
            return breaker.isShut(now) && breaker.triesAtEpochMillis(now) > 0 ? TrunkState.STOPPED : TrunkState.TRYING;
        }
        return isUsable(now) ? TrunkState.UP : TrunkState.BLOCKED;
    }
}
