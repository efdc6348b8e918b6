package org.paceline.sip.trace;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.CallSubject;
import org.paceline.sip.stack.Transport;

/**
 * A message as it passed a socket.
 *
 * @param number counts the messages that the ring was shown, from 0
 * @param nanos when it passed, monotonic
 * @param text what was on the wire, one character a byte (ISO 8859-1)
 * @param reason why it was not sent, for people; empty unless it is {@link Way#NOT_SENT}
 * @param callId its Call-ID; empty where it has none
 * @param subject what its call is for; null where it is of no call of ours, or that is not known any more
 */
public record TracedMessage(
        long number,
        long nanos,
        Way way,
        Transport transport,
        InetSocketAddress local,
        InetSocketAddress peer,
        String text,
        String reason,
        String callId,
        @Nullable CallSubject subject) {

    /** Which way it went. */
    public enum Way {
        RECEIVED,
        SENT,
        /** We were about to send it, and could not. */
        NOT_SENT
    }

    /** Returns an address as {@code 192.0.2.1:5060} or {@code [2001:db8::1]:5060}. */
    public static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    TracedMessage of(@Nullable CallSubject itsSubject) {
        return new TracedMessage(number, nanos, way, transport, local, peer, text, reason, callId, itsSubject);
    }

    TracedMessage masked() {
        long e164 = subject == null ? 0 : subject.e164();
        String shown = MessageMask.mask(text, e164);
        return new TracedMessage(number, nanos, way, transport, local, peer, shown, reason, callId, subject);
    }
}
