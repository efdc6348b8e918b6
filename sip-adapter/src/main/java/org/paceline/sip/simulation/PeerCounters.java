package org.paceline.sip.simulation;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** The counters behind {@link PeerStats}, and INVITEs by number. Thread: any. */
final class PeerCounters {
    /** Delays kept for percentiles: enough for a long bench, no more than a few megabytes. */
    private static final int DELAYS_LIMIT = 200_000;

    final LongAdder answered = new LongAdder();
    final LongAdder acknowledged = new LongAdder();
    final LongAdder unacknowledged = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder cancelled = new LongAdder();
    final LongAdder byesReceived = new LongAdder();
    final LongAdder byesSent = new LongAdder();
    final LongAdder unserved = new LongAdder();
    final LongAdder heard = new LongAdder();
    final LongAdder open = new LongAdder();
    final LongAdder rtpReceived = new LongAdder();
    final LongAdder rtpAudible = new LongAdder();
    final LongAdder rtpLost = new LongAdder();
    final LongAdder rtpSent = new LongAdder();

    private final LongAdder invites = new LongAdder();
    private final ConcurrentHashMap<String, LongAdder> invitesByUser = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> answerToHeardMicros = new ConcurrentLinkedQueue<>();

    /** @return how often the user was called before */
    long invited(String user) {
        invites.increment();
        LongAdder ofUser = invitesByUser.computeIfAbsent(plain(user), _ -> new LongAdder());
        long before = ofUser.sum();
        ofUser.increment();
        return before;
    }

    long invites(String user) {
        LongAdder ofUser = invitesByUser.get(plain(user));
        return ofUser == null ? 0 : ofUser.sum();
    }

    void heardAfter(long micros) {
        heard.increment();
        if (heard.sum() <= DELAYS_LIMIT) {
            answerToHeardMicros.add(micros);
        }
    }

    long[] answerToHeardMicros() {
        long[] all = answerToHeardMicros.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(all);
        return all;
    }

    PeerStats stats() {
        return new PeerStats(
                invites.sum(),
                answered.sum(),
                acknowledged.sum(),
                unacknowledged.sum(),
                refused.sum(),
                cancelled.sum(),
                byesReceived.sum(),
                byesSent.sum(),
                heard.sum(),
                unserved.sum(),
                open.sum(),
                rtpReceived.sum(),
                rtpAudible.sum(),
                rtpLost.sum(),
                rtpSent.sum());
    }

    private static String plain(String user) {
        return user.startsWith("+") ? user.substring(1) : user;
    }
}
