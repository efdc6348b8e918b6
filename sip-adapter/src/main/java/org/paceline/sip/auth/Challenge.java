package org.paceline.sip.auth;

import gov.nist.javax.sip.header.AuthenticationHeader;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sip.header.ProxyAuthenticateHeader;
import javax.sip.header.WWWAuthenticateHeader;
import org.jspecify.annotations.Nullable;

/**
 * A challenge that we can answer: one {@code WWW-Authenticate} or {@code Proxy-Authenticate} of a 401 or 407 (RFC 7616
 * §3.3).
 *
 * @param space who is to be convinced
 * @param algorithmWord as the peer wrote it, to be repeated; null where it wrote none, which means MD5
 * @param withQop whether it takes {@code qop=auth}; without, the answer is that of RFC 2069
 * @param stale whether only the nonce was too old
 * @param hashesUser whether the user's name is to be hashed (RFC 7616 §3.4.4)
 */
record Challenge(
        Space space,
        String nonce,
        @Nullable String opaque,
        DigestAlgorithm algorithm,
        @Nullable String algorithmWord,
        boolean withQop,
        boolean stale,
        boolean hashesUser) {

    /** Where credentials are valid: a realm of the server (401) or of a proxy (407). */
    record Space(boolean ofProxy, String realm) {
        @Override
        public String toString() {
            return (ofProxy ? "proxy realm '" : "realm '") + realm.replaceAll("[\\\\\"']", "") + "'";
        }
    }

    boolean isOfSession() {
        return algorithmWord != null && DigestAlgorithm.isOfSession(algorithmWord);
    }

    /**
     * Reads a response's challenges, in the peer's order of preference.
     *
     * @param unusable is told of each that we cannot answer, one line
     */
    static List<Challenge> of(SIPResponse response, Consumer<String> unusable) {
        List<Challenge> challenges = new ArrayList<>();
        read(response, WWWAuthenticateHeader.NAME, false, challenges, unusable);
        read(response, ProxyAuthenticateHeader.NAME, true, challenges, unusable);
        return challenges;
    }

    private static void read(
            SIPResponse response, String name, boolean ofProxy, List<Challenge> into, Consumer<String> unusable) {
        Iterator<?> headers = response.getHeaders(name);
        while (headers.hasNext()) {
            if (headers.next() instanceof AuthenticationHeader header) {
                Challenge challenge = read(header, ofProxy, unusable);
                if (challenge != null) {
                    into.add(challenge);
                }
            }
        }
    }

    private static @Nullable Challenge read(AuthenticationHeader header, boolean ofProxy, Consumer<String> unusable) {
        String scheme = String.valueOf(header.getScheme());
        Space space = new Space(ofProxy, Objects.requireNonNullElse(header.getRealm(), ""));
        if (!scheme.equalsIgnoreCase("Digest")) {
            unusable.accept(space + " asks for " + scheme + " instead of Digest");
            return null;
        }
        String nonce = header.getNonce();
        if (nonce == null) {
            unusable.accept(space + " gives no nonce");
            return null;
        }
        String word = header.getAlgorithm();
        DigestAlgorithm algorithm = word == null ? DigestAlgorithm.MD5 : DigestAlgorithm.named(word);
        if (algorithm == null) {
            unusable.accept(space + " asks for algorithm " + word + ", known are MD5, SHA-256 and SHA-512-256");
            return null;
        }
        String qop = header.getQop();
        boolean withQop =
                qop != null && Arrays.asList(qop.trim().split("\\s*,\\s*", -1)).contains("auth");
        if (qop != null && !withQop) {
            unusable.accept(space + " asks for qop " + qop + ", only auth is known");
            return null;
        }
        return new Challenge(
                space,
                nonce,
                header.getOpaque(),
                algorithm,
                word,
                withQop,
                header.isStale(),
                Boolean.parseBoolean(header.getParameter("userhash")));
    }
}
