package org.paceline.sip.trunk;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.trunk.TrunkTraffic;

/** Counts what becomes of the INVITEs to one trunk. Thread: any. */
public final class TrunkCounts {

    private static final int OK = 200;

    /** At most one for each status from 100 to 699. */
    private final Map<Integer, LongAdder> responses = new ConcurrentHashMap<>();

    private final LongAdder unanswered = new LongAdder();
    private final LongAdder unsent = new LongAdder();
    private final LongAdder failedOver = new LongAdder();

    TrunkCounts() {}

    public void answered() {
        refused(OK);
    }

    /** @param status of the final response */
    public void refused(int status) {
        responses.computeIfAbsent(status, _ -> new LongAdder()).increment();
    }

    public void unanswered() {
        unanswered.increment();
    }

    public void unsent() {
        unsent.increment();
    }

    /** An attempt goes on to another address. */
    public void failedOver() {
        failedOver.increment();
    }

    TrunkTraffic of(TrunkId trunk) {
        TreeMap<Integer, Long> statuses = new TreeMap<>();
        responses.forEach((status, count) -> statuses.put(status, count.sum()));
        return new TrunkTraffic(trunk, statuses, unanswered.sum(), unsent.sum(), failedOver.sum());
    }
}
