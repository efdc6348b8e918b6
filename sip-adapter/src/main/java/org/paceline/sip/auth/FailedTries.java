package org.paceline.sip.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Makes whoever gives wrong passwords wait: first a minute, then twice as long each time, at most an hour. A user waits
 * at the address where the failures came from, and nowhere else, so that nobody locks another one out from afar. An
 * address with many failures, of whatever users, waits for all users but those who are at home there.
 *
 * <p>A network of IPv6 (64 bits) counts as one address. Only who can be reached at an address makes it wait, because a
 * failure counts only with a nonce that was sent there.
 *
 * <p>Thread: any. Time is a parameter, monotonic.
 */
public final class FailedTries {

    static final long FIRST_WAIT_NANOS = TimeUnit.MINUTES.toNanos(1);
    static final long LONGEST_WAIT_NANOS = TimeUnit.HOURS.toNanos(1);
    /** After that time without a failure nothing is held against anybody. */
    static final long FORGET_NANOS = TimeUnit.HOURS.toNanos(2);
    /** How many times as many failures an address may have as one user there. */
    static final int ADDRESS_FACTOR = 6;

    static final int MOST = 4_096;

    private static final int NETWORK_BYTES = 8;

    private final int most;
    private final Map<Key, History> histories = new LinkedHashMap<>();

    /** @param user empty for all users of the address */
    private record Key(InetAddress address, String user) {}

    /** @param waits how many waits there were, the present one included */
    private record History(int failures, int waits, long untilNanos, long lastNanos) {
        static final History NONE = new History(0, 0, 0, 0);

        boolean isWaiting(long nowNanos) {
            return waits > 0 && untilNanos - nowNanos > 0;
        }

        History failed(int most, long nowNanos) {
            if (failures + 1 < most) {
                return new History(failures + 1, waits, untilNanos, nowNanos);
            }
            long wait = Math.min(LONGEST_WAIT_NANOS, FIRST_WAIT_NANOS << Math.min(waits, 10));
            return new History(0, waits + 1, nowNanos + wait, nowNanos);
        }
    }

    /** @param most how many failures of a user at one address begin a wait, at least 1 */
    public FailedTries(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most=" + most + ": must be at least 1");
        }
        this.most = most;
    }

    /**
     * Returns for how many seconds the user may not try from that address; 0 where it may.
     *
     * @param isAtHome whether the user is known to be there, so that failures of others there do not count
     */
    public synchronized long waitSeconds(InetAddress from, String user, boolean isAtHome, long nowNanos) {
        long wait = left(new Key(network(from), user), nowNanos);
        return isAtHome ? wait : Math.max(wait, left(new Key(network(from), ""), nowNanos));
    }

    /**
     * Takes a failure.
     *
     * @return for how many seconds the user has to wait now; 0 where it may try again
     */
    public synchronized long failed(InetAddress from, String user, long nowNanos) {
        InetAddress network = network(from);
        add(new Key(network, user), most, nowNanos);
        add(new Key(network, ""), most * ADDRESS_FACTOR, nowNanos);
        return waitSeconds(from, user, false, nowNanos);
    }

    /** The user gave the right password there. */
    public synchronized void succeeded(InetAddress from, String user) {
        histories.remove(new Key(network(from), user));
    }

    private void add(Key key, int limit, long nowNanos) {
        History known = histories.remove(key); // and put at the end, as the newest
        History before = known != null && nowNanos - known.lastNanos < FORGET_NANOS ? known : History.NONE;
        histories.put(key, before.failed(limit, nowNanos));
        if (histories.size() > MOST) {
            histories.remove(histories.keySet().iterator().next());
        }
    }

    private long left(Key key, long nowNanos) {
        History known = histories.get(key);
        return known == null || !known.isWaiting(nowNanos)
                ? 0
                : Math.max(1, TimeUnit.NANOSECONDS.toSeconds(known.untilNanos - nowNanos + 999_999_999));
    }

    private static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only for a wrong length
        }
    }
}
