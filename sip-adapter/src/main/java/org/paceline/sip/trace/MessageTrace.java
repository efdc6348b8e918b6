package org.paceline.sip.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.TrunkId;
import org.paceline.sip.stack.CallSubject;

/**
 * Finds messages in the ring. What is shown is masked; what is asked for is compared with the messages as they are.
 *
 * <p>Thread: any; each request reads for itself.
 */
public final class MessageTrace {

    /** How much one request reads before it answers with what it has. */
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private final MessageRing ring;

    public MessageTrace(MessageRing ring) {
        this.ring = ring;
    }

    /**
     * A part of what was found.
     *
     * @param messages masked, in the order in which they passed
     * @param next where the next part begins
     * @param isLast whether there is no more for now
     * @param lost how many messages, of whatever call, were overwritten before they could be read; 0 from the begin
     */
    public record Page(List<TracedMessage> messages, TraceMark next, boolean isLast, long lost) {
        public Page {
            messages = List.copyOf(messages);
        }
    }

    /**
     * What the ring holds.
     *
     * @param oldestNanos when the oldest message passed, monotonic; 0 where there is none
     * @param calls how many attempts they belong to
     * @param byPeer how many messages there are of each trunk and each agent, as {@code trunk carrier}, and of others
     */
    public record Contents(long messages, long oldestNanos, int calls, Map<String, Long> byPeer) {}

    /**
     * @param trunks the trunks' addresses, as {@code ip:port}
     * @param most how many messages to return at most
     */
    public Page find(TraceFilter filter, Map<String, TrunkId> trunks, TraceMark from, int most) {
        Subjects subjects = new Subjects(trunks);
        TraceFilter.Search search = filter.search(subjects.learn(from));
        List<TracedMessage> found = new ArrayList<>();
        RingReader reader = new RingReader(ring, from);
        boolean isMore = reader.next();
        while (isMore) {
            TracedMessage message = subjects.of(reader);
            if (message != null && search.matches(message)) {
                found.add(message.masked());
            }
            if (found.size() == most || reader.bytes() >= MOST_BYTES) {
                return new Page(found, reader.mark(), false, lost(reader, from));
            }
            isMore = reader.next();
        }
        return new Page(found, reader.mark(), true, lost(reader, from));
    }

    private static long lost(RingReader reader, TraceMark from) {
        return from.equals(TraceMark.BEGIN) ? 0 : reader.lost();
    }

    /** @param trunks as above */
    public Contents contents(Map<String, TrunkId> trunks) {
        Subjects subjects = new Subjects(trunks);
        subjects.learn(TraceMark.BEGIN);
        Map<String, Long> byPeer = new TreeMap<>();
        Set<Object> calls = new LinkedHashSet<>();
        long messages = 0;
        long oldest = 0;
        RingReader reader = new RingReader(ring, TraceMark.BEGIN);
        while (reader.bytes() < MOST_BYTES && reader.next()) {
            TracedMessage message = subjects.of(reader);
            if (message != null) {
                oldest = messages++ == 0 ? message.nanos() : oldest;
                CallSubject subject = message.subject();
                byPeer.merge(peer(subject), 1L, Long::sum);
                if (subject != null && subject.call() != null) {
                    calls.add(subject.call());
                }
            }
        }
        return new Contents(messages, oldest, calls.size(), byPeer);
    }

    private static String peer(@Nullable CallSubject subject) {
        if (subject != null && subject.agent() != null) {
            return "agent " + subject.agent();
        }
        return subject != null && subject.trunk() != null ? "trunk " + subject.trunk() : "others";
    }

    /** What messages are of: what is known of their calls, else of the address. */
    private final class Subjects {
        private final Map<String, CallSubject> byCallId = new HashMap<>(ring.live());
        private final Map<String, TrunkId> trunks;

        Subjects(Map<String, TrunkId> trunks) {
            this.trunks = trunks;
        }

        /** Learns of the calls that ended behind a mark; returns all that are known. */
        List<CallSubject> learn(TraceMark from) {
            RingReader reader = new RingReader(ring, from);
            while (reader.next()) {
                RingRecord.Over over = reader.over();
                if (over != null) {
                    byCallId.put(over.callId(), over.subject());
                }
            }
            return List.copyOf(byCallId.values());
        }

        /** Returns the message that the reader is at, with its subject; null where there is none. */
        @Nullable
        TracedMessage of(RingReader reader) {
            TracedMessage message = reader.message();
            if (message == null) {
                return null;
            }
            CallSubject known = byCallId.get(message.callId());
            TrunkId trunk = known == null ? trunkAt(message) : null;
            return message.of(trunk == null ? known : new CallSubject(null, 0, trunk, null));
        }

        private @Nullable TrunkId trunkAt(TracedMessage message) {
            String address = TracedMessage.text(message.peer());
            TrunkId exactly = trunks.get(address);
            if (exactly != null) {
                return exactly;
            }
            String host = address.substring(0, address.lastIndexOf(':') + 1);
            return trunks.entrySet().stream()
                    .filter(each -> each.getKey().startsWith(host))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }
    }
}
