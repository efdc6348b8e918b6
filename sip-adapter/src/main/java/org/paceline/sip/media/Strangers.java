package org.paceline.sip.media;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sources that nobody signalled, and which session each sent to. A peer sends to one session; a source that sends to two is
 * spraying our ports in the hope of a stream to take over. The newest {@value #LIMIT} are remembered.
 *
 * <p>Thread: media loop.
 */
final class Strangers {

    static final int LIMIT = 4_096;

    private static final Object SPRAYER = new Object();

    private final Map<InetSocketAddress, Object> sentTo = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Object> eldest) {
            return size() > LIMIT;
        }
    };

    /** @return whether the source has sent to another session as well */
    @SuppressWarnings("ReferenceEquality") // a session equals only itself
    boolean sprays(InetSocketAddress from, Object session) {
        Object before = sentTo.putIfAbsent(from, session);
        if (before != null && before != session) {
            sentTo.put(from, SPRAYER);
            return true;
        }
        return false;
    }

    int known() {
        return sentTo.size();
    }

    /** Forgets a session that is over: another one may get packets of the source. */
    @SuppressWarnings("ReferenceEquality") // as above
    void forget(Object session) {
        sentTo.values().removeIf(seen -> seen == session);
    }
}
