package org.paceline.daemon.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A password or token, with its source. Its text never shows the value.
 *
 * <p>Thread: any (immutable).
 */
public final class Secret {
    private final String value;
    private final String shown;

    private Secret(String value, String shown) {
        this.value = value;
        this.shown = shown;
    }

    /** Makes a secret that was written into the file itself. */
    public static Secret literal(String value) {
        return new Secret(value, "********");
    }

    /** @param source {@code env:NAME} or {@code file:PATH}, as the file names it */
    public static Secret from(String source, String value) {
        return new Secret(value, source);
    }

    /** Returns the value itself, for code that must pass it on; never for logs. */
    public String reveal() {
        return value;
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    public int length() {
        return value.length();
    }

    /** Compares in a time that depends on neither value, so that the value cannot be guessed byte by byte. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(digest(value), digest(candidate));
    }

    /** Returns the SHA-256 of a text. */
    public static byte[] digest(String text) {
        return digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the SHA-256 of bytes. */
    public static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && shown.equals(secret.shown) && matches(secret.value);
    }

    @Override
    public int hashCode() {
        return shown.hashCode();
    }

    /** Returns a mask, or the name of its source. */
    @Override
    public String toString() {
        return shown;
    }
}
