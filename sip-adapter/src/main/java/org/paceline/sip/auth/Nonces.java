package org.paceline.sip.auth;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Our nonces (RFC 7616 §5.4): the time, a random number, and an HMAC of both and of the address that the nonce is for.
 * So nothing is kept of those that nobody answers, and nobody answers one that another address was given. Of those that were
 * answered with the right password the highest count is kept, so that no answer is taken twice.
 *
 * <p>Thread: any.
 */
final class Nonces {

    static final long LIFE_NANOS = TimeUnit.MINUTES.toNanos(5);

    /** How many nonces in use are remembered; where there are more, the oldest are worth nothing any more. */
    static final int MOST_USED = 10_000;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int NUMBER_DIGITS = 16;
    private static final int MARK_DIGITS = 32;
    private static final int LENGTH = 2 * NUMBER_DIGITS + MARK_DIGITS;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    private final Map<String, Used> used = new LinkedHashMap<>();
    /** Nonces that were made before are worth nothing; of no meaning before one was forgotten. */
    private long forgottenNanos;

    private boolean isAnyForgotten;

    private record Used(long madeNanos, long count) {}

    Nonces() {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** @param nowNanos monotonic */
    String make(InetAddress to, long nowNanos) {
        HexFormat hex = HexFormat.of();
        long number = random.nextLong();
        return hex.toHexDigits(nowNanos) + hex.toHexDigits(number) + mark(to, nowNanos, number);
    }

    /** Whether we made the nonce, for that address, and not too long ago. */
    boolean isFresh(String nonce, InetAddress from, long nowNanos) {
        if (nonce.length() != LENGTH || !nonce.chars().allMatch(HexFormat::isHexDigit)) {
            return false;
        }
        long made = HexFormat.fromHexDigitsToLong(nonce, 0, NUMBER_DIGITS);
        long number = HexFormat.fromHexDigitsToLong(nonce, NUMBER_DIGITS, 2 * NUMBER_DIGITS);
        byte[] claimed = ascii(nonce.substring(2 * NUMBER_DIGITS));
        long age = nowNanos - made;
        return age >= 0 && age < LIFE_NANOS && MessageDigest.isEqual(claimed, ascii(mark(from, made, number)));
    }

    /**
     * Takes one use of a fresh nonce, by whoever knows the password.
     *
     * @param count how often it was used, this time included, as the answer says
     * @return whether the count is higher than each that came before; else it is a replay
     */
    synchronized boolean use(String nonce, long count, long nowNanos) {
        long made = HexFormat.fromHexDigitsToLong(nonce, 0, NUMBER_DIGITS);
        Used before = used.get(nonce);
        if (before == null ? isAnyForgotten && made - forgottenNanos <= 0 : count <= before.count) {
            return false;
        }
        used.put(nonce, new Used(made, count));
        forgetOld(nowNanos);
        return true;
    }

    private void forgetOld(long nowNanos) {
        var oldest = used.entrySet().iterator();
        while (oldest.hasNext()) {
            Used use = oldest.next().getValue();
            if (nowNanos - use.madeNanos < LIFE_NANOS && used.size() <= MOST_USED) {
                return;
            }
            oldest.remove();
            forgottenNanos = isAnyForgotten && use.madeNanos - forgottenNanos < 0 ? forgottenNanos : use.madeNanos;
            isAnyForgotten = true;
        }
    }

    private String mark(InetAddress address, long madeNanos, long number) {
        byte[] host = address.getAddress();
        byte[] input = ByteBuffer.allocate(2 * Long.BYTES + host.length)
                .putLong(madeNanos)
                .putLong(number)
                .put(host)
                .array();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(Arrays.copyOf(mac.doFinal(input), MARK_DIGITS / 2));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing in this JDK", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
