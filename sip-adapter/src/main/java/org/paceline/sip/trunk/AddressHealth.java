package org.paceline.sip.trunk;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.trunk.TrunkState;

/**
 * The health of one address of a trunk, as OPTIONS and calls show it.
 *
 * <table> <caption>What brings it from state to state</caption>
 * <tr><th>from</th><th>what happens</th><th>to</th></tr>
 * <tr><td>DOWN</td><td>an OPTIONS is answered</td><td>UP</td></tr>
 * <tr><td>UP, STOPPED, TRYING</td><td>{@value #PROBES_TO_DOWN} OPTIONS in a row are not answered</td><td>DOWN</td></tr>
 * <tr><td>UP</td><td>{@value #SILENT_TO_STOP} calls in a row get no response, or {@value #FAULTS_TO_STOP} fail by its
 * doing</td><td>STOPPED</td></tr>
 * <tr><td>UP</td><td>an OPTIONS cannot be sent, as no connection can be had</td><td>DOWN</td></tr>
 * <tr><td>UP</td><td>a call cannot be sent, as no connection can be had</td><td>STOPPED</td></tr>
 * <tr><td>STOPPED</td><td>the pause is over: one call is tried at a time</td><td>TRYING</td></tr>
 * <tr><td>TRYING</td><td>that call fails by its doing; the pause doubles</td><td>STOPPED</td></tr>
 * <tr><td>STOPPED, TRYING</td><td>a call works; after silence, any response</td><td>UP</td></tr>
 * </table>
 *
 * <p>In any state it may be BLOCKED besides: it asked to be left alone (503 with Retry-After).
 *
 * <p>Thread: within the trunk's lock. Times are monotonic nanoseconds.
 */
final class AddressHealth {

    static final int PROBES_TO_DOWN = 2;
    static final int SILENT_TO_STOP = 3;
    static final int FAULTS_TO_STOP = 5;
    static final long FIRST_PAUSE_MILLIS = 30_000;
    static final long LONGEST_PAUSE_MILLIS = 300_000;
    static final long LONGEST_BLOCK_MILLIS = 300_000;
    static final long LONGEST_REST_MILLIS = 60_000;

    private TrunkState state;
    private String reason;
    private String blockReason = "";
    private int unansweredProbes;
    private int silentCalls;
    private int faults;
    private boolean stoppedBySilence;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private long stoppedUntilNanos;
    private long blockedUntilNanos;
    private long restsUntilNanos;
    private @Nullable Object trial;
    private long roundTripNanos;

    /** @param isUp whether it takes calls before anything is known of it */
    AddressHealth(boolean isUp, String reason, long nowNanos) {
        this.state = isUp ? TrunkState.UP : TrunkState.DOWN;
        this.reason = reason;
        stoppedUntilNanos = nowNanos;
        blockedUntilNanos = nowNanos;
        restsUntilNanos = nowNanos;
    }

    // ---- what OPTIONS show

    /**
     * Any answer shows that it is there; one that was stopped because of its calls is tried by a call.
     *
     * @param tookNanos from the OPTIONS to its answer
     */
    void optionsAnswered(int status, long tookNanos) {
        roundTripNanos = tookNanos;
        unansweredProbes = 0;
        if (state == TrunkState.DOWN) {
            up("OPTIONS answered " + status);
        }
    }

    void optionsUnanswered() {
        unansweredProbes++;
        if (unansweredProbes >= PROBES_TO_DOWN && state != TrunkState.DOWN) {
            enter(TrunkState.DOWN, unansweredProbes + " OPTIONS without an answer");
        }
    }

    /** No connection can be had, for the next OPTIONS either. */
    void unreachable(String why) {
        if (state == TrunkState.UP) {
            enter(TrunkState.DOWN, why);
        } else {
            reason = why;
        }
    }

    // ---- what calls show

    /** A call goes there. */
    void placed(Object call, long nowNanos) {
        if (state(nowNanos) == TrunkState.TRYING && trial == null) {
            trial = call;
        }
    }

    /** A call got a response, whatever it says. */
    void heard() {
        silentCalls = 0;
        if (stoppedBySilence && isStopped()) {
            up("a call got a response");
        }
    }

    /** A call was answered, or refused by others than the address. */
    void worked() {
        silentCalls = 0;
        faults = 0;
        pauseMillis = FIRST_PAUSE_MILLIS;
        if (isStopped()) {
            up("a call got through");
        }
    }

    /**
     * A call got no response at all.
     *
     * @param mayStop whether it may be stopped
     */
    void silent(Object call, boolean mayStop, long nowNanos) {
        silentCalls++;
        faults++;
        boolean stops = silentCalls >= SILENT_TO_STOP && mayStop;
        failed(call, stops, silentCalls + " calls without any response", true, nowNanos);
    }

    /**
     * A call failed by its doing.
     *
     * @param what for people
     * @param mayStop whether it may be stopped
     */
    void faulty(Object call, String what, boolean mayStop, long nowNanos) {
        silentCalls = 0;
        faults++;
        String why = faults + " calls in a row failed, the last with " + what;
        failed(call, faults >= FAULTS_TO_STOP && mayStop, why, false, nowNanos);
    }

    /** A call could not be sent, as no connection can be had. */
    void unreachable(Object call, String why, long nowNanos) {
        silentCalls++;
        faults++;
        failed(call, true, why, true, nowNanos);
    }

    /** A call is over and says nothing of the address. */
    void gone(Object call) {
        if (call.equals(trial)) {
            trial = null;
        }
    }

    /** @return whether it is left alone for longer than before */
    boolean block(long millis, String why, long nowNanos) {
        long until = nowNanos + nanos(Math.min(millis, LONGEST_BLOCK_MILLIS));
        boolean lengthens = until - blockedUntilNanos > 0;
        if (lengthens) {
            blockedUntilNanos = until;
            blockReason = why;
        }
        return lengthens;
    }

    /** For a while others are preferred. */
    void rest(long millis, long nowNanos) {
        restsUntilNanos = nowNanos + nanos(Math.min(millis, LONGEST_REST_MILLIS));
    }

    // ---- how it is

    /** How long the last OPTIONS took that was answered; 0 where none was. */
    long roundTripNanos() {
        return roundTripNanos;
    }

    TrunkState state(long nowNanos) {
        if (state == TrunkState.STOPPED && stoppedUntilNanos - nowNanos <= 0) {
            enter(TrunkState.TRYING, reason + "; one call at a time is tried");
        }
        return state;
    }

    /** Returns the state, or BLOCKED where it would take calls otherwise. */
    TrunkState shown(long nowNanos) {
        return isUp(nowNanos) && blockMillisLeft(nowNanos) > 0 ? TrunkState.BLOCKED : state(nowNanos);
    }

    /** Returns why it is as it is shown, for people. */
    String reason(long nowNanos) {
        return shown(nowNanos) == TrunkState.BLOCKED ? blockReason : reason;
    }

    /** Whether it answers, blocked or not. */
    boolean isUp(long nowNanos) {
        TrunkState now = state(nowNanos);
        return now == TrunkState.UP || now == TrunkState.TRYING;
    }

    /** Whether it may get a call at all. */
    boolean takesCalls(long nowNanos) {
        return isUp(nowNanos) && blockMillisLeft(nowNanos) == 0;
    }

    /** Whether it gets a call before others do that only take calls; one that is tried gets one call at a time. */
    boolean isPreferred(long nowNanos) {
        return takesCalls(nowNanos) && restsUntilNanos - nowNanos <= 0 && (state == TrunkState.UP || trial == null);
    }

    /** The milliseconds left of a block, rounded up. */
    long blockMillisLeft(long nowNanos) {
        return Math.max(0, Math.ceilDiv(blockedUntilNanos - nowNanos, 1_000_000L));
    }

    /** The milliseconds until it is tried again, where it is stopped. */
    long pauseMillisLeft(long nowNanos) {
        return Math.max(0, Math.ceilDiv(stoppedUntilNanos - nowNanos, 1_000_000L));
    }

    private boolean isStopped() {
        return state == TrunkState.STOPPED || state == TrunkState.TRYING;
    }

    private void failed(Object call, boolean stops, String why, boolean bySilence, long nowNanos) {
        boolean wasTried = call.equals(trial);
        gone(call);
        TrunkState now = state(nowNanos);
        if (wasTried && now == TrunkState.TRYING) {
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            stop(why, bySilence, nowNanos);
        } else if (stops && now == TrunkState.UP) {
            stop(why, bySilence, nowNanos);
        }
    }

    private void stop(String why, boolean bySilence, long nowNanos) {
        stoppedBySilence = bySilence;
        stoppedUntilNanos = nowNanos + nanos(pauseMillis);
        enter(TrunkState.STOPPED, why);
    }

    private void up(String why) {
        silentCalls = 0;
        faults = 0;
        enter(TrunkState.UP, why);
    }

    private void enter(TrunkState next, String why) {
        state = next;
        reason = why;
        trial = null;
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
