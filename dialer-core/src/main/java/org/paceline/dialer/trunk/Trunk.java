package org.paceline.dialer.trunk;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.time.Moment;

/**
 * One trunk: its channels in use and its allowance of new calls, which fills with time.
 *
 * <p>Thread: engine only.
 */
public final class Trunk {
    /** An idle trunk saves up calls for so long, at most. */
    private static final double BURST_SECONDS = 0.02;

    private TrunkSettings settings;
    private boolean up;
    private @Nullable String reason = "not heard of yet";
    private int channelsInUse;
    private double allowance = 1;
    private long filledAtNanos;
    private long blockedUntilNanos;
    private long blockedUntilEpochMillis;

    Trunk(TrunkSettings settings, Moment now) {
        this.settings = settings;
        this.filledAtNanos = now.nanos();
        this.blockedUntilNanos = now.nanos();
    }

    void settings(TrunkSettings changed) {
        settings = changed;
    }

    public TrunkSettings settings() {
        return settings;
    }

    /** What the network says of it. */
    public void changed(boolean isUp, long blockedMillis, String why, Moment now) {
        up = isUp;
        reason = isUp && blockedMillis == 0 ? null : why;
        if (blockedMillis > 0) {
            blockedUntilNanos = now.nanos() + blockedMillis * 1_000_000;
            blockedUntilEpochMillis = now.epochMillis() + blockedMillis;
        }
    }

    /** Whether one more call may be placed on it now. */
    public boolean hasRoom(Moment now) {
        return channelsLeft(now) > 0 && allowance(now) >= 1;
    }

    /** Most calls of campaigns that it takes yet, whatever its rate. */
    int channelsLeft(Moment now) {
        return isUsable(now) ? Math.max(0, settings.channelsForCampaigns() - channelsInUse) : 0;
    }

    /** New calls that its rate allows now, fractions included. */
    double allowance(Moment now) {
        fill(now.nanos());
        return allowance;
    }

    private boolean isUsable(Moment now) {
        return up && blockedUntilNanos - now.nanos() <= 0;
    }

    public void take() {
        allowance -= 1;
        channelsInUse++;
    }

    public void release() {
        channelsInUse--;
    }

    /** Why no call may be placed on it, or null. */
    public @Nullable String obstacle(Moment now) {
        return isUsable(now) && !isFull() ? null : limit(now);
    }

    /** What keeps it from taking any number of calls, whatever its rate. */
    String limit(Moment now) {
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
        return reason;
    }

    public int channelsInUse() {
        return channelsInUse;
    }

    /** Epoch milliseconds, 0 where it is not blocked. */
    public long blockedUntilEpochMillis(Moment now) {
        return blockedUntilNanos - now.nanos() > 0 ? blockedUntilEpochMillis : 0;
    }

    private void fill(long nowNanos) {
        double most = Math.max(1, settings.callsPerSecond() * BURST_SECONDS);
        allowance = Math.min(most, allowance + (nowNanos - filledAtNanos) * 1e-9 * settings.callsPerSecond());
        filledAtNanos = nowNanos;
    }
}
