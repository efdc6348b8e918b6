package org.paceline.sip.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The hash functions of digests (RFC 8760 §2.1, RFC 7616 §6.1). Thread: any. */
public enum DigestAlgorithm {
    MD5("MD5", "MD5"),
    SHA_256("SHA-256", "SHA-256"),
    SHA_512_256("SHA-512-256", "SHA-512/256");

    private static final String OF_SESSION = "-sess";

    private final String word;
    private final String javaName;

    DigestAlgorithm(String word, String javaName) {
        this.word = word;
        this.javaName = javaName;
    }

    /** Returns its name in challenges. */
    String word() {
        return word;
    }

    /** Returns the algorithm that a challenge names, with {@code -sess} or without; null for one that we lack. */
    static @Nullable DigestAlgorithm named(String word) {
        String plain = isOfSession(word) ? word.substring(0, word.length() - OF_SESSION.length()) : word;
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.word.equalsIgnoreCase(plain)) {
                return algorithm;
            }
        }
        return null;
    }

    /** Whether the first hash takes in both nonces too (RFC 7616 §3.4.2). */
    static boolean isOfSession(String word) {
        return word.regionMatches(true, word.length() - OF_SESSION.length(), OF_SESSION, 0, OF_SESSION.length());
    }

    /** Returns the hash of the parts with colons between them, as lower-case hexadecimal digits. */
    String hash(String... parts) {
        byte[] bytes = String.join(":", parts).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(javaName).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each JDK has them
        }
    }
}
