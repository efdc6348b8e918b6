package org.paceline.sip.media;

import io.netty.buffer.ByteBuf;

/**
 * Reads the header of an RTP packet (RFC 3550 §5.1) without copying it, and writes one. One instance is used again and
 * again.
 *
 * <p>Thread: its owner's only.
 */
public final class RtpPacket {

    /** Bytes of a header without CSRC list and extension. */
    public static final int HEADER_BYTES = 12;

    private int payloadType;
    private boolean marker;
    private int sequence;
    private int timestamp;
    private int ssrc;
    private int payloadIndex;
    private int payloadLength;

    /**
     * Reads the readable bytes; their indexes are not moved.
     *
     * @return false when they are no RTP packet; the fields are then undefined
     */
    public boolean parse(ByteBuf datagram) {
        int start = datagram.readerIndex();
        int end = datagram.writerIndex();
        if (end - start < HEADER_BYTES) {
            return false;
        }
        int first = datagram.getUnsignedByte(start);
        if (first >> 6 != 2) {
            return false;
        }
        int second = datagram.getUnsignedByte(start + 1);
        marker = (second & 0x80) != 0;
        payloadType = second & 0x7F;
        sequence = datagram.getUnsignedShort(start + 2);
        timestamp = datagram.getInt(start + 4);
        ssrc = datagram.getInt(start + 8);
        int index = start + HEADER_BYTES + 4 * (first & 0x0F);
        if ((first & 0x10) != 0) {
            if (index + 4 > end) {
                return false;
            }
            index += 4 + 4 * datagram.getUnsignedShort(index + 2);
        }
        if (index > end) {
            return false;
        }
        int padding = 0;
        if ((first & 0x20) != 0) {
            padding = index < end ? datagram.getUnsignedByte(end - 1) : 0;
            if (padding == 0 || index + padding > end) {
                return false;
            }
        }
        payloadIndex = index;
        payloadLength = end - index - padding;
        return true;
    }

    /** Writes a header of {@link #HEADER_BYTES} bytes at an absolute index. */
    public static void setHeader(
            ByteBuf buffer, int index, int markerAndPayloadType, int sequence, int timestamp, int ssrc) {
        buffer.setByte(index, 0x80);
        buffer.setByte(index + 1, markerAndPayloadType);
        buffer.setShort(index + 2, sequence);
        buffer.setInt(index + 4, timestamp);
        buffer.setInt(index + 8, ssrc);
    }

    /** Whether this is an RTCP packet on the RTP port (RFC 5761 §4): payload types 64 to 95 are never RTP. */
    public boolean isRtcp() {
        return payloadType >= 64 && payloadType < 96;
    }

    public int payloadType() {
        return payloadType;
    }

    public boolean marker() {
        return marker;
    }

    /** Returns the sequence number, 0 to 65535. */
    public int sequence() {
        return sequence;
    }

    public int timestamp() {
        return timestamp;
    }

    public int ssrc() {
        return ssrc;
    }

    /** Returns the absolute index of the first byte after the header. */
    public int payloadIndex() {
        return payloadIndex;
    }

    /** Returns the bytes of payload without padding; may be 0. */
    public int payloadLength() {
        return payloadLength;
    }
}
