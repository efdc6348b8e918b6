package org.paceline.sip.stack;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that may send us requests outside of our calls: those of trunks, of agents' phones, and of the peers of
 * our calls as long as these last. Each address, or range of addresses, has its own share: more requests a second than
 * that are dropped.
 *
 * <p>Thread: any.
 */
public final class PeerAddresses {

    /**
     * How many requests a second one address may send: a trunk's keep-alives, or phones behind one address that
     * register, are tens a second.
     */
    static final int REQUESTS_PER_SECOND = 50;

    static final int BURST = 200;

    private final ConcurrentHashMap<InetAddress, Peer> peers = new ConcurrentHashMap<>();
    private final AtomicReference<RangeTable<Peer>> ranges = new AtomicReference<>(RangeTable.empty());
    private final boolean limited;

    public PeerAddresses() {
        this(true);
    }

    private PeerAddresses(boolean limited) {
        this.limited = limited;
    }

    /** Makes a set whose peers may send as much as they like, for simulated carriers and phones. */
    public static PeerAddresses unlimited() {
        return new PeerAddresses(false);
    }

    /** Lets the address in; each call is undone by one {@link #remove}. */
    public void add(InetAddress address) {
        peers.compute(address, (key, peer) -> peer == null ? Peer.first() : peer.withUses(1));
    }

    public void remove(InetAddress address) {
        peers.computeIfPresent(address, (key, peer) -> peer.uses == 1 ? null : peer.withUses(-1));
    }

    /** Lets a range of addresses in, which share one share; each call is undone by one {@link #remove}. */
    public void add(AddressRange range) {
        ranges.updateAndGet(table -> table.with(range, peer -> peer == null ? Peer.first() : peer.withUses(1)));
    }

    public void remove(AddressRange range) {
        ranges.updateAndGet(
                table -> table.with(range, peer -> peer == null || peer.uses == 1 ? null : peer.withUses(-1)));
    }

    public boolean contains(InetAddress address) {
        return peer(address) != null;
    }

    /** The result for one more request of an address. */
    enum Claim {
        OF_A_STRANGER,
        WITHIN_SHARE,
        BEYOND_SHARE
    }

    /**
     * Counts one more request of the address.
     *
     * @param nowNanos monotonic
     */
    Claim take(InetAddress address, long nowNanos) {
        Peer peer = peer(address);
        if (peer == null) {
            return Claim.OF_A_STRANGER;
        }
        return !limited || peer.bucket.take(nowNanos) ? Claim.WITHIN_SHARE : Claim.BEYOND_SHARE;
    }

    private @Nullable Peer peer(InetAddress address) {
        Peer peer = peers.get(address);
        return peer != null ? peer : ranges.get().find(address);
    }

    private record Peer(int uses, TokenBucket bucket) {
        static Peer first() {
            return new Peer(1, new TokenBucket(REQUESTS_PER_SECOND, BURST));
        }

        Peer withUses(int more) {
            return new Peer(uses + more, bucket);
        }
    }
}
