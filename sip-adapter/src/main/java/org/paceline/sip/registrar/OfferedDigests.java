package org.paceline.sip.registrar;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.auth.DigestAlgorithm;

/**
 * Chooses the algorithms that a phone is challenged with: all, the best first, as RFC 8760 §2.3 wants it. Some phones give up
 * where an algorithm is named that they lack. One that was challenged and comes again without an answer is therefore
 * asked for the last one alone, which is the one that all know; and one that used an algorithm is asked for that
 * from then on. Nothing is weaker for that: whoever listens could have chosen it before.
 *
 * <p>Thread: any.
 */
final class OfferedDigests {

    private static final int MOST = 4_096;

    private final List<DigestAlgorithm> all;
    private final Map<Key, List<DigestAlgorithm>> narrowed = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<DigestAlgorithm>> eldest) {
            return size() > MOST;
        }
    };

    private record Key(InetAddress host, String user) {}

    /** @param all the best first */
    OfferedDigests(List<DigestAlgorithm> all) {
        this.all = List.copyOf(all);
    }

    /**
     * Returns what is asked for in the answer to a request without a digest, or with one that is not good any more.
     *
     * @param used the algorithm of that digest; null for none
     */
    synchronized List<DigestAlgorithm> offer(InetAddress host, String user, @Nullable DigestAlgorithm used) {
        Key key = new Key(host, user);
        if (used != null && all.contains(used)) {
            List<DigestAlgorithm> alone = List.of(used);
            narrowed.put(key, alone);
            return alone;
        }
        List<DigestAlgorithm> known = narrowed.get(key);
        narrowed.put(key, known == null ? List.of(all.getLast()) : known);
        return known == null ? all : known;
    }

    /** Takes note of what a phone used with success. */
    synchronized void used(InetAddress host, String user, DigestAlgorithm algorithm) {
        narrowed.put(new Key(host, user), List.of(algorithm));
    }
}
