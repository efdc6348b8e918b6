package org.paceline.daemon.api.access;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Bounds how many wrong tokens are tried, by source and in total. A try is taken before the token is looked at and
 * given back when it was right, so that no answer tells more than the bound allows. A token that was right from the
 * same source before needs no try, so that people who work already are not locked out by someone who guesses beside
 * them, for example behind the same proxy.
 *
 * <p>Thread: any.
 */
public final class Guesses {
    private static final int MOST_SOURCES = 4_096;
    private static final int MOST_KNOWN = 16_384;
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final int perSource;
    private final LongSupplier nanos;
    private final Map<String, Tries> sources = new HashMap<>();
    private final Tries total;
    private final Set<String> known = new HashSet<>();

    /** A number of tries at once, which come back over a minute. */
    private static final class Tries {
        private final int most;
        private double left;
        private long atNanos;

        Tries(int most, long nowNanos) {
            this.most = most;
            this.left = most;
            this.atNanos = nowNanos;
        }

        double left(long nowNanos) {
            left = Math.min(most, left + (double) (nowNanos - atNanos) * most / MINUTE_NANOS);
            atNanos = nowNanos;
            return left;
        }

        boolean isFull(long nowNanos) {
            return left(nowNanos) >= most;
        }

        void take() {
            left--;
        }

        void giveBack() {
            left = Math.min(most, left + 1);
        }
    }

    /**
     * @param perSource wrong tokens a minute from one source
     * @param inTotal wrong tokens a minute from all sources
     * @param nanos a monotonic clock
     */
    Guesses(int perSource, int inTotal, LongSupplier nanos) {
        this.perSource = perSource;
        this.nanos = nanos;
        this.total = new Tries(inTotal, nanos.getAsLong());
    }

    /** Whether the token may be looked at; if so, this takes a try, which {@link #right} gives back. */
    synchronized boolean mayTry(String source, String fingerprint) {
        if (known.contains(key(source, fingerprint))) {
            return true;
        }
        long now = nanos.getAsLong();
        Tries tries = tries(source, now);
        if (tries.left(now) < 1 || total.left(now) < 1) {
            return false;
        }
        tries.take();
        total.take();
        return true;
    }

    /** Gives the try back, because the token was right. */
    synchronized void right(String source, String fingerprint) {
        String key = key(source, fingerprint);
        if (known.contains(key)) {
            return;
        }
        tries(source, nanos.getAsLong()).giveBack();
        total.giveBack();
        if (known.size() == MOST_KNOWN) {
            known.clear();
        }
        known.add(key);
    }

    private Tries tries(String source, long now) {
        Tries tries = sources.get(source);
        if (tries == null) {
            if (sources.size() == MOST_SOURCES) {
                sources.values().removeIf(old -> old.isFull(now));
            }
            if (sources.size() == MOST_SOURCES) {
                return total; // further sources share what is left in total
            }
            tries = new Tries(perSource, now);
            sources.put(source, tries);
        }
        return tries;
    }

    private static String key(String source, String fingerprint) {
        return source + ' ' + fingerprint;
    }
}
