package org.paceline.sip.stack;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes Via branches and Call-IDs that this process, and nobody else, can recognise: sixteen hexadecimal digits at
 * random and sixteen that follow from them by a key (HMAC-SHA-256, cut to 64 bits; RFC 2104 §5). So it is known before
 * parsing, in constant time and without a table, whether a response is to a request of ours, or a request within a call
 * of ours.
 *
 * <p>The key lives as long as the process. Thread: any.
 */
final class Seal {

    /** The use of a token; a token that was made for one use is worth nothing for the other. */
    enum Use {
        BRANCH((byte) 1),
        CALL_ID((byte) 2);

        private final byte code;

        Use(byte code) {
            this.code = code;
        }
    }

    private static final String ALGORITHM = "HmacSHA256";
    private static final int NUMBER_BYTES = Long.BYTES;
    private static final int NUMBER_DIGITS = 2 * NUMBER_BYTES;
    /** The length of a token in characters. */
    static final int LENGTH = 2 * NUMBER_DIGITS;

    private final SecureRandom random = new SecureRandom();
    private final Mac mac;
    private final byte[] input = new byte[1 + NUMBER_BYTES];
    private final byte[] output;

    Seal() {
        byte[] key = new byte[32];
        random.nextBytes(key);
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing in this JDK", e);
        }
        output = new byte[mac.getMacLength()];
    }

    String make(Use use) {
        long number = random.nextLong();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(number) + hex.toHexDigits(mark(use, number));
    }

    /** Returns sixteen random hexadecimal digits for a tag, which a peer cannot pass off as a token. */
    String tag() {
        return HexFormat.of().toHexDigits(random.nextLong());
    }

    /** Whether a token of ours begins there; its digits may be of either case (RFC 3261 §7.3.1). */
    boolean holds(Use use, byte[] data, int from, int end) {
        if (from < 0 || from + LENGTH > end) {
            return false;
        }
        long number = 0;
        long claimed = 0;
        for (int i = 0; i < NUMBER_DIGITS; i++) {
            int digit = Character.digit(data[from + i], 16);
            int claim = Character.digit(data[from + NUMBER_DIGITS + i], 16);
            if (digit < 0 || claim < 0) {
                return false;
            }
            number = number << 4 | digit;
            claimed = claimed << 4 | claim;
        }
        return mark(use, number) == claimed;
    }

    private synchronized long mark(Use use, long number) {
        ByteBuffer.wrap(input).put(use.code).putLong(number);
        mac.update(input);
        try {
            mac.doFinal(output, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return ByteBuffer.wrap(output).getLong();
    }
}
