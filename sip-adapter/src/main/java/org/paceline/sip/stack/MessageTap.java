package org.paceline.sip.stack;

import java.net.InetAddress;

/**
 * Is shown every SIP message that passes one of our sockets, as it is on the wire: those that came, once strangers are
 * turned away, and those that we send. It must not keep the arrays, nor wait for anything.
 *
 * <p>Thread: any.
 */
public interface MessageTap {

    /** Our end: made once for a socket or connection, so that a message makes nothing. */
    record Place(Transport transport, InetAddress address, int port) {}

    /** @param nanos when it came, monotonic */
    void received(Place at, InetAddress peer, int port, byte[] message, long nanos);

    /** Is called before the message is sent, so that no answer comes first. */
    void sent(Place at, InetAddress peer, int port, byte[] message);

    /**
     * Is called where a message that {@link #sent} was told of was not sent after all.
     *
     * @param reason for people
     */
    void notSent(Place at, InetAddress peer, int port, byte[] message, String reason);

    /** A call of ours begins, before its INVITE. */
    void begins(String callId, CallSubject subject);

    /** A call of ours is over. */
    void ends(String callId, CallSubject subject);

    /** Looks at nothing. */
    MessageTap NONE = new MessageTap() {
        @Override
        public void received(Place at, InetAddress peer, int port, byte[] message, long nanos) {}

        @Override
        public void sent(Place at, InetAddress peer, int port, byte[] message) {}

        @Override
        public void notSent(Place at, InetAddress peer, int port, byte[] message, String reason) {}

        @Override
        public void begins(String callId, CallSubject subject) {}

        @Override
        public void ends(String callId, CallSubject subject) {}
    };
}
