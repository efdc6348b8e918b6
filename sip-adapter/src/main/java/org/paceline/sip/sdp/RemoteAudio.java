package org.paceline.sip.sdp;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The other side's audio stream.
 *
 * @param address where it wants RTP, or null where it wants none ({@code c=} of all zeros, the hold of RFC 2543)
 * @param payloadType 0 (PCMU) or 8 (PCMA), whichever it lists first
 * @param telephoneEventPayloadType payload type of telephone-events (RFC 4733), or −1
 * @param direction the direction of media, as the other side says it
 */
public record RemoteAudio(
        @Nullable InetSocketAddress address, int payloadType, int telephoneEventPayloadType, Direction direction) {

    public static final int PCMU = 0;
    public static final int PCMA = 8;

    /** Whether the other side wants RTP from us; not while it holds the call (RFC 3264 §8.4). */
    public boolean receives() {
        return address != null && !direction.receivesNothing();
    }

    /** Whether the other side sends RTP; a side that holds the call may be silent for as long as it likes. */
    public boolean sends() {
        return address != null && !direction.sendsNothing();
    }

    /** Returns the same stream, taken out for now: it neither sends nor receives. */
    RemoteAudio held() {
        return new RemoteAudio(null, payloadType, telephoneEventPayloadType, Direction.INACTIVE);
    }

    /** Returns the direction for our answer to this stream: nothing is sent to a side that wants nothing. */
    Direction answer() {
        Direction answer = direction.answer();
        return receives() ? answer : answer.withoutSending();
    }
}
