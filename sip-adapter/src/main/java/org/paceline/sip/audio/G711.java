package org.paceline.sip.audio;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The two companding laws of telephony (ITU-T G.711), by table.
 *
 * <p>Thread: any (immutable).
 */
@SuppressWarnings("ImmutableEnumChecker") // the tables are filled once and never handed out
public enum G711 {
    /** µ-law, RTP payload type 0 (RFC 3551 §6). */
    PCMU(0),
    /** A-law, RTP payload type 8. */
    PCMA(8);

    /** Samples a second, of the audio and of the RTP clock. */
    public static final int SAMPLE_RATE = 8000;

    /** Samples, and bytes, in 20 ms. */
    public static final int FRAME_SAMPLES = 160;

    private static final int MU_BIAS = 0x84;
    private static final int MU_CLIP = 32635;

    private final int payloadType;
    private final byte[] encoded = new byte[65536];
    private final short[] decoded = new short[256];
    private final byte[] toOtherLaw = new byte[256];

    static {
        fillTranscoding(PCMU, PCMA);
        fillTranscoding(PCMA, PCMU);
    }

    G711(int payloadType) {
        this.payloadType = payloadType;
        boolean mu = payloadType == 0;
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            encoded[sample & 0xFFFF] = (byte) (mu ? encodeMu(sample) : encodeA(sample));
        }
        for (int code = 0; code < 256; code++) {
            decoded[code] = (short) (mu ? decodeMu(code) : decodeA(code));
        }
    }

    /** @return the law of an RTP payload type, or null when it is another codec */
    public static @Nullable G711 ofPayloadType(int payloadType) {
        return switch (payloadType) {
            case 0 -> PCMU;
            case 8 -> PCMA;
            default -> null;
        };
    }

    public int payloadType() {
        return payloadType;
    }

    public byte encode(short sample) {
        return encoded[sample & 0xFFFF];
    }

    public short decode(byte code) {
        return decoded[code & 0xFF];
    }

    /** Returns the code of a sample of silence. */
    public byte silence() {
        return encode((short) 0);
    }

    /** Returns the code of the same sound in {@code to}. */
    public byte transcode(byte code, G711 to) {
        return to == this ? code : toOtherLaw[code & 0xFF];
    }

    /** Converts bytes of this law in place to {@code to}. */
    public void transcode(ByteBuf buffer, int index, int length, G711 to) {
        if (to == this) {
            return;
        }
        for (int i = index; i < index + length; i++) {
            buffer.setByte(i, toOtherLaw[buffer.getByte(i) & 0xFF]);
        }
    }

    private static void fillTranscoding(G711 from, G711 to) {
        for (int code = 0; code < 256; code++) {
            from.toOtherLaw[code] = to.encode(from.decoded[code]);
        }
    }

    private static int encodeMu(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), MU_CLIP) + MU_BIAS;
        int exponent = 24 - Integer.numberOfLeadingZeros(magnitude);
        int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return ~(sign | (exponent << 4) | mantissa);
    }

    private static int decodeMu(int code) {
        int bits = ~code;
        int magnitude = ((((bits & 0x0F) << 3) + MU_BIAS) << ((bits & 0x70) >> 4)) - MU_BIAS;
        return (bits & 0x80) != 0 ? -magnitude : magnitude;
    }

    private static int encodeA(int sample) {
        int mask = sample >= 0 ? 0xD5 : 0x55;
        int magnitude = (sample >= 0 ? sample : -sample - 1) >> 3;
        int segment = Math.max(0, 27 - Integer.numberOfLeadingZeros(magnitude));
        int mantissa = (magnitude >> Math.max(1, segment)) & 0x0F;
        return ((segment << 4) | mantissa) ^ mask;
    }

    private static int decodeA(int code) {
        int bits = code ^ 0x55;
        int segment = (bits & 0x70) >> 4;
        int magnitude = ((bits & 0x0F) << 4) + 8;
        if (segment > 0) {
            magnitude = (magnitude + 0x100) << (segment - 1);
        }
        return (bits & 0x80) != 0 ? magnitude : -magnitude;
    }
}
