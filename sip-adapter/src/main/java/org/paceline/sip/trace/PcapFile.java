package org.paceline.sip.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes messages as a capture that Wireshark and tshark open: the classic format (libpcap's, with microseconds), raw IP
 * packets (LINKTYPE_RAW), each message in one UDP datagram with right lengths and checksums. Messages that went over TCP or TLS
 * are written the same way.
 *
 * <p>Thread: one.
 */
public final class PcapFile {

    private static final int MAGIC_MICROS = 0xa1b2c3d4;
    private static final short MAJOR = 2;
    private static final short MINOR = 4;
    private static final int LONGEST_PACKET = 262_144;
    private static final int LINKTYPE_RAW = 101;

    private static final int FILE_HEAD = 24;
    private static final int PACKET_HEAD = 16;
    private static final int UDP_HEAD = 8;
    private static final int IPV4_HEAD = 20;
    private static final int IPV6_HEAD = 40;
    private static final int IPV4_BYTES = 4;
    private static final byte UDP = 17;
    private static final byte HOPS = 64;

    private final OutputStream out;

    /** Writes the file's head. */
    public PcapFile(OutputStream out) throws IOException {
        this.out = out;
        out.write(ByteBuffer.allocate(FILE_HEAD)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MAGIC_MICROS)
                .putShort(MAJOR)
                .putShort(MINOR)
                .putInt(0)
                .putInt(0)
                .putInt(LONGEST_PACKET)
                .putInt(LINKTYPE_RAW)
                .array());
    }

    /** @param atEpochMicros wall time, microseconds */
    public void write(long atEpochMicros, InetSocketAddress from, InetSocketAddress to, byte[] message)
            throws IOException {
        byte[] packet = packet(from, to, message);
        out.write(ByteBuffer.allocate(PACKET_HEAD)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (atEpochMicros / 1_000_000))
                .putInt((int) (atEpochMicros % 1_000_000))
                .putInt(packet.length)
                .putInt(packet.length)
                .array());
        out.write(packet);
    }

    public void flush() throws IOException {
        out.flush();
    }

    private static byte[] packet(InetSocketAddress from, InetSocketAddress to, byte[] message) {
        byte[] source = from.getAddress().getAddress();
        byte[] target = to.getAddress().getAddress();
        if (source.length == IPV4_BYTES && target.length == IPV4_BYTES) {
            return ipv4(source, target, datagram(from.getPort(), to.getPort(), source, target, message));
        }
        byte[] wideSource = wide(source);
        byte[] wideTarget = wide(target);
        return ipv6(wideSource, wideTarget, datagram(from.getPort(), to.getPort(), wideSource, wideTarget, message));
    }

    /** RFC 791 §3.1. */
    private static byte[] ipv4(byte[] source, byte[] target, byte[] datagram) {
        ByteBuffer packet = ByteBuffer.allocate(IPV4_HEAD + datagram.length)
                .put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (IPV4_HEAD + datagram.length))
                .putInt(0)
                .put(HOPS)
                .put(UDP)
                .putShort((short) 0)
                .put(source)
                .put(target);
        packet.putShort(10, (short) ~sum(0, packet.array(), IPV4_HEAD));
        return packet.put(datagram).array();
    }

    /** RFC 8200 §3. */
    private static byte[] ipv6(byte[] source, byte[] target, byte[] datagram) {
        return ByteBuffer.allocate(IPV6_HEAD + datagram.length)
                .putInt(0x60000000)
                .putShort((short) datagram.length)
                .put(UDP)
                .put(HOPS)
                .put(source)
                .put(target)
                .put(datagram)
                .array();
    }

    /** RFC 768; the checksum covers the addresses too. */
    private static byte[] datagram(int fromPort, int toPort, byte[] source, byte[] target, byte[] message) {
        int length = UDP_HEAD + message.length;
        ByteBuffer datagram = ByteBuffer.allocate(length)
                .putShort((short) fromPort)
                .putShort((short) toPort)
                .putShort((short) length)
                .putShort((short) 0)
                .put(message);
        int sum = sum(UDP + length, source, source.length);
        sum = sum(sum, target, target.length);
        int checksum = ~sum(sum, datagram.array(), length) & 0xffff;
        datagram.putShort(6, (short) (checksum == 0 ? 0xffff : checksum));
        return datagram.array();
    }

    /** Adds 16-bit words in ones' complement (RFC 1071). */
    private static int sum(int begin, byte[] bytes, int length) {
        long sum = begin;
        for (int i = 0; i < length; i++) {
            int octet = bytes[i] & 0xff;
            sum += i % 2 == 0 ? octet << 8 : octet;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) sum;
    }

    /** Returns an address of IPv4 as one of IPv6 (RFC 4291 §2.5.5.2). */
    private static byte[] wide(byte[] address) {
        if (address.length != IPV4_BYTES) {
            return address;
        }
        return ByteBuffer.allocate(16)
                .putShort(10, (short) 0xffff)
                .put(12, address)
                .array();
    }
}
