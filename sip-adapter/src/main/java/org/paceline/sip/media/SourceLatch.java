package org.paceline.sip.media;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Symmetric RTP: packets go to where valid ones come from, whatever the SDP said (peers behind NAT do not know their
 * address). The first source is taken. While it sends, no other one is: not even with a new SSRC, which anybody can make
 * up. Only the address that was signalled is always let in.
 *
 * <p>Thread: media loop.
 */
final class SourceLatch {

    /** A source that was quiet for so long may be replaced: 25 packets of 20 ms. */
    static final long RELATCH_AFTER_NANOS = 500_000_000L;

    private @Nullable InetSocketAddress signalled;
    private @Nullable InetSocketAddress latched;
    private long lastAcceptedNanos;

    /** @param address of the SDP; a new one forgets the source so far, null sends nothing until packets come */
    void signalled(@Nullable InetSocketAddress address) {
        if (address == null || !address.equals(signalled)) {
            latched = null;
        }
        signalled = address;
    }

    /** @return whether the packet is the peer's */
    boolean accept(InetSocketAddress from, long nowNanos) {
        boolean known = from.equals(latched);
        if (!known
                && latched != null
                && nowNanos - lastAcceptedNanos < RELATCH_AFTER_NANOS
                && !from.equals(signalled)) {
            return false;
        }
        if (!known) {
            latched = from;
        }
        lastAcceptedNanos = nowNanos;
        return true;
    }

    /** Where packets go, or null for nowhere. */
    @Nullable
    InetSocketAddress destination() {
        return latched != null ? latched : signalled;
    }
}
