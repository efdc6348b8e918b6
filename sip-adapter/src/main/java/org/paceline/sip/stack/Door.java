package org.paceline.sip.stack;

import java.net.InetAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.Seal.Use;
import org.paceline.sip.stack.SipCounters.Counter;
import org.paceline.sip.wire.RawHeaders;

/**
 * Decides from the bytes of a datagram, before they are copied or parsed, whether it comes in and in which queue it
 * waits.
 *
 * <ul>
 * <li>A response comes in when its topmost Via holds a branch that we made: its sender has seen our request.
 * <li>A request comes in when its Call-ID is one that we made, from whatever address: a carrier has many, and a phone
 *       behind a NAT changes its own. Its tags are looked at once it is parsed; a stranger's whose tags are not those
 *       of the call is dropped then.
 * <li>Any other request comes in from a peer's address only, and within the peer's share; but for a REGISTER for an
 *       account that we have, whose phone may be anywhere.
 * </ul>
 *
 * <p>Thread: the socket's only.
 */
final class Door {

    /** The queue in which a datagram waits. */
    enum Entry {
        /** For datagrams of our calls, and answers to us. */
        CALL,
        /** For any other datagram of a peer. */
        OTHER
    }

    /** The shortest datagram that can be SIP; a shorter one is a keep-alive of CR LF CR LF. */
    private static final int SHORTEST = 16;
    /** How many bytes are searched for Via and Call-ID. */
    private static final int SEARCH_BYTES = 16_384;

    private final Seal seal;
    private final PeerAddresses peers;
    private final Predicate<String> accounts;
    private final SipCounters counters;
    private final CallMeter meter = new CallMeter();
    private final NewcomerShares newcomers = new NewcomerShares();
    private int hash;

    /** @param accounts whether a phone may register under that name */
    Door(Seal seal, PeerAddresses peers, Predicate<String> accounts, SipCounters counters) {
        this.seal = seal;
        this.peers = peers;
        this.accounts = accounts;
        this.counters = counters;
    }

    /** Returns a hash of the Call-ID of the datagram that was judged last; 0 where it has none. */
    int callHash() {
        return hash;
    }

    /** @return null where the datagram stays outside, which is counted */
    @Nullable
    Entry judge(byte[] data, int length, InetAddress source, long nowNanos) {
        if (length < SHORTEST) {
            return null;
        }
        int end = Math.min(length, SEARCH_BYTES);
        int start = RawHeaders.start(data, end);
        boolean response = RawHeaders.isResponse(data, start, end);
        if (response && !seal.holds(Use.BRANCH, data, RawHeaders.branchToken(data, start, end), end)) {
            return refused(Counter.STRAY_RESPONSES);
        }
        int callId = RawHeaders.value(data, start, end, "call-id", 'i');
        hash = callId < 0 ? 0 : RawHeaders.hashOfLine(data, callId, end);
        if (response || seal.holds(Use.CALL_ID, data, callId, end)) {
            return meter.take(hash, nowNanos) ? Entry.CALL : refused(Counter.LIMITED_MESSAGES);
        }
        return switch (peers.take(source, nowNanos)) {
            case OF_A_STRANGER -> judgeStranger(data, start, end, source, nowNanos);
            case BEYOND_SHARE -> refused(Counter.LIMITED_MESSAGES);
            case WITHIN_SHARE -> Entry.OTHER;
        };
    }

    private @Nullable Entry judgeStranger(byte[] data, int start, int end, InetAddress source, long nowNanos) {
        if (!RawHeaders.beginsWith(data, start, end, "register ")) {
            return refused(Counter.DROPPED_REQUESTS);
        }
        String user = RawHeaders.userOf(data, RawHeaders.value(data, start, end, "to", 't'), end);
        if (user == null || !accounts.test(user)) {
            return refused(Counter.DROPPED_REQUESTS);
        }
        return newcomers.take(source, nowNanos) ? Entry.OTHER : refused(Counter.LIMITED_MESSAGES);
    }

    private @Nullable Entry refused(Counter counter) {
        counters.add(counter);
        return null;
    }
}
