package org.paceline.sip.media;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Decides which packets are the peer's, and where ours go. The signalled address has priority and may always send.
 * Another source is learned within the first moments only, while nothing came from the signalled one, and only from the
 * hosts that the peer can be at (a phone behind NAT does not know its own address); it has to send a run of packets of
 * one SSRC first, as strict RTP in Asterisk's {@code res_rtp_asterisk} has it. From then on the stream moves only by a
 * new SDP, or to another port of the same host that goes on with the same SSRC and sequence after the old one fell
 * silent. Any other source is a stranger: its packets are dropped, and nothing is sent to it.
 *
 * <p>Thread: media loop.
 */
final class SourceLatch {

    /** How long after an address was signalled learning ends; {@code STRICT_RTP_LEARN_TIMEOUT} of Asterisk. */
    static final long LEARN_NANOS = 5_000_000_000L;

    /** How long the signalled address has to send before another source of its host is learned. */
    static final long NEAR_PROBATION_NANOS = 200_000_000L;

    /** How long it has before a source is learned that neither the SDP nor the signalling names. */
    static final long FAR_PROBATION_NANOS = 1_000_000_000L;

    /** How many packets in a row a new source has to send; twice the MIN_SEQUENTIAL of RFC 3550 §A.1. */
    static final int PROBATION_PACKETS = 4;

    /** How long a source must be quiet before its stream may go on from another port: 25 packets of 20 ms. */
    static final long MOVE_AFTER_NANOS = 500_000_000L;

    /** How far ahead a sequence number may be to be that of a next packet (MAX_DROPOUT of RFC 3550 §A.1). */
    private static final int MAX_DROPOUT = 3_000;

    private static final long CANDIDATE_GAP_NANOS = 100_000_000L;

    private final @Nullable InetSocketAddress stale;
    private final Strangers strangers;

    private @Nullable InetSocketAddress signalled;
    private @Nullable InetAddress signaller;
    private long signalledNanos;
    private @Nullable InetSocketAddress source;
    private int sourceSsrc;
    private int lastSequence;
    private long lastAcceptedNanos;
    private boolean heardStranger;

    private @Nullable InetSocketAddress candidate;
    private int candidateSsrc;
    private int candidateSequence;
    private int candidatePackets;
    private long candidateSinceNanos;
    private long candidateLastNanos;

    /** @param stale the peer of the session before on this port, which may still send; or null */
    SourceLatch(@Nullable InetSocketAddress stale, Strangers strangers) {
        this.stale = stale;
        this.strangers = strangers;
    }

    /**
     * @param address the address in the SDP; a new one makes the latch forget the source so far, null (hold) leaves it
     * as it is
     * @param by the host that the signalling came from, or null where it is not known
     */
    void signalled(@Nullable InetSocketAddress address, @Nullable InetAddress by, long nowNanos) {
        if (address == null || address.equals(signalled)) {
            return;
        }
        signalled = address;
        signaller = by;
        signalledNanos = nowNanos;
        source = null;
        candidate = null;
    }

    /** @return whether the packet is the peer's */
    boolean accept(InetSocketAddress from, RtpPacket packet, long nowNanos) {
        if (from.equals(source) || from.equals(signalled)) {
            take(from, packet, nowNanos);
            return true;
        }
        heardStranger = true;
        if (strangers.sprays(from, this)
                || !mayBecomeSource(from, packet, nowNanos)
                || !passesProbation(from, packet, nowNanos)) {
            return false;
        }
        take(from, packet, nowNanos);
        return true;
    }

    /** Closes the latch, because the session is over. */
    void close() {
        if (heardStranger) {
            strangers.forget(this);
        }
    }

    /** Whether the address is the peer's, as far as is known. */
    boolean isPeer(InetSocketAddress from) {
        return from.equals(source != null ? source : signalled);
    }

    /** Returns where packets go, or null for nowhere. */
    @Nullable
    InetSocketAddress destination() {
        return source != null ? source : signalled;
    }

    private void take(InetSocketAddress from, RtpPacket packet, long nowNanos) {
        source = from;
        sourceSsrc = packet.ssrc();
        lastSequence = packet.sequence();
        lastAcceptedNanos = nowNanos;
        candidate = null;
    }

    private boolean mayBecomeSource(InetSocketAddress from, RtpPacket packet, long nowNanos) {
        InetSocketAddress named = signalled;
        InetSocketAddress known = source;
        if (named == null) {
            return false;
        }
        if (known == null) {
            return nowNanos - signalledNanos < LEARN_NANOS && !from.equals(stale) && probationNanos(from, named) >= 0;
        }
        int ahead = (short) (packet.sequence() - lastSequence);
        return nowNanos - lastAcceptedNanos >= MOVE_AFTER_NANOS
                && (isAt(from, known.getAddress()) || isAt(from, named.getAddress()))
                && packet.ssrc() == sourceSsrc
                && ahead > 0
                && ahead < MAX_DROPOUT;
    }

    private boolean passesProbation(InetSocketAddress from, RtpPacket packet, long nowNanos) {
        boolean same = from.equals(candidate) && packet.ssrc() == candidateSsrc;
        boolean quiet = candidate == null || nowNanos - candidateLastNanos > CANDIDATE_GAP_NANOS;
        if (!same && !quiet) {
            return false;
        }
        if (!same || quiet || packet.sequence() != (candidateSequence + 1 & 0xFFFF)) {
            candidate = from;
            candidateSsrc = packet.ssrc();
            candidatePackets = 0;
            candidateSinceNanos = nowNanos;
        }
        candidateSequence = packet.sequence();
        candidateLastNanos = nowNanos;
        candidatePackets++;
        InetSocketAddress named = signalled;
        long needed = named == null || source != null ? 0 : probationNanos(from, named);
        return candidatePackets >= PROBATION_PACKETS && nowNanos - candidateSinceNanos >= needed;
    }

    /** Returns how long a source is on probation, by its host, or −1 where the peer cannot be there. */
    private long probationNanos(InetSocketAddress from, InetSocketAddress named) {
        InetAddress by = signaller;
        if (isAt(from, named.getAddress()) || (by != null && isAt(from, by))) {
            return NEAR_PROBATION_NANOS;
        }
        boolean behindNat = by != null && !by.equals(named.getAddress()) && isPrivate(named.getAddress());
        return behindNat ? FAR_PROBATION_NANOS : -1;
    }

    private static boolean isAt(InetSocketAddress from, InetAddress host) {
        return from.getAddress().equals(host);
    }

    /** Whether the address means nothing outside of its own network (RFC 1918, 3927, 4193, 6598). */
    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean carrierGrade = address instanceof Inet4Address && (bytes[0] & 0xFF) == 100 && (bytes[1] & 0xC0) == 64;
        boolean uniqueLocal = !(address instanceof Inet4Address) && (bytes[0] & 0xFE) == 0xFC;
        return address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isLoopbackAddress()
                || carrierGrade
                || uniqueLocal;
    }
}
