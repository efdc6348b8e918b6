package org.paceline.sip.stack;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Answers the datagrams by which a phone keeps its way through a NAT open, and sees that we are there (RFC 5626 §3.5): an
 * empty line twice, or a STUN binding request (RFC 8489 §6). Thread: any.
 */
final class KeepAlive {

    private static final byte[] PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PONG = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int STUN_HEADER = 20;
    private static final short BINDING_REQUEST = 0x0001;
    private static final short BINDING_SUCCESS = 0x0101;
    private static final int MAGIC_COOKIE = 0x2112A442;
    private static final short XOR_MAPPED_ADDRESS = 0x0020;
    private static final int IPV4_BYTES = 4;
    private static final byte IPV4 = 1;
    private static final byte IPV6 = 2;

    private KeepAlive() {}

    /** Returns the answer; null where the datagram is no keep-alive. */
    static byte @Nullable [] answer(byte[] data, int length, InetAddress source, int port) {
        if (length == PING.length && ByteBuffer.wrap(data, 0, length).equals(ByteBuffer.wrap(PING))) {
            return PONG.clone();
        }
        return isBindingRequest(data, length) ? mapped(data, source.getAddress(), port) : null;
    }

    private static boolean isBindingRequest(byte[] data, int length) {
        if (length < STUN_HEADER) {
            return false;
        }
        ByteBuffer header = ByteBuffer.wrap(data, 0, length);
        return header.getShort(0) == BINDING_REQUEST
                && STUN_HEADER + Short.toUnsignedInt(header.getShort(2)) == length
                && header.getInt(4) == MAGIC_COOKIE;
    }

    /** Says from which address the request came, masked as RFC 8489 §14.2 wants it. */
    private static byte[] mapped(byte[] request, byte[] host, int port) {
        ByteBuffer answer = ByteBuffer.allocate(STUN_HEADER + 8 + host.length);
        answer.putShort(BINDING_SUCCESS).putShort((short) (8 + host.length));
        answer.put(request, 4, STUN_HEADER - 4);
        answer.putShort(XOR_MAPPED_ADDRESS).putShort((short) (4 + host.length));
        answer.put((byte) 0).put(host.length == IPV4_BYTES ? IPV4 : IPV6);
        answer.putShort((short) (port ^ (MAGIC_COOKIE >>> 16)));
        for (int i = 0; i < host.length; i++) {
            answer.put((byte) (host[i] ^ request[4 + i]));
        }
        return answer.array();
    }
}
