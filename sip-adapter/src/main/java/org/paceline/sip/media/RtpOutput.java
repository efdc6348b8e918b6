package org.paceline.sip.media;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** A session's socket. Thread: media loop. */
interface RtpOutput {

    /** A buffer for one packet, to be given to {@link #send}. */
    ByteBuf allocate(int bytes);

    /**
     * Sends a packet and takes over the buffer. A packet that the network does not take at once is dropped and counted.
     */
    void send(ByteBuf packet, InetSocketAddress to);

    /** Closes the socket and gives its port back. */
    void close();
}
