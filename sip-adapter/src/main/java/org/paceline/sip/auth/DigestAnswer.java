package org.paceline.sip.auth;

import gov.nist.core.NameValue;
import gov.nist.javax.sip.header.AuthenticationHeader;
import gov.nist.javax.sip.header.Authorization;
import gov.nist.javax.sip.header.ProxyAuthorization;

/** Answers challenges: computes the response and writes the header (RFC 7616 §3.4). Thread: any. */
final class DigestAnswer {

    private DigestAnswer() {}

    /** What the answer is for: the request's method and its Request-URI, as they stand in its first line. */
    record Target(String method, String uri) {}

    /**
     * Makes the header {@code Authorization} or {@code Proxy-Authorization}.
     *
     * @param count how many answers were made with this nonce, this one included
     */
    static AuthenticationHeader header(
            Challenge challenge, Credentials credentials, Target target, int count, String cnonce) {
        String nc = "%08x".formatted(count);
        AuthenticationHeader header = challenge.space().ofProxy() ? new ProxyAuthorization() : new Authorization();
        header.setScheme("Digest");
        String user = challenge.hashesUser()
                ? challenge
                        .algorithm()
                        .hash(credentials.user(), plain(challenge.space().realm()))
                : credentials.user();
        quoted(header, "username", escaped(user));
        quoted(header, "realm", challenge.space().realm());
        quoted(header, "nonce", challenge.nonce());
        quoted(header, "uri", target.uri());
        quoted(header, "response", response(challenge, credentials, target, nc, cnonce));
        if (challenge.algorithmWord() != null) {
            bare(header, "algorithm", challenge.algorithmWord());
        }
        if (challenge.withQop()) {
            bare(header, "qop", "auth");
            bare(header, "nc", nc);
        }
        if (challenge.withQop() || challenge.isOfSession()) {
            quoted(header, "cnonce", cnonce);
        }
        if (challenge.opaque() != null) {
            quoted(header, "opaque", challenge.opaque());
        }
        if (challenge.hashesUser()) {
            bare(header, "userhash", "true");
        }
        return header;
    }

    static String response(Challenge challenge, Credentials credentials, Target target, String nc, String cnonce) {
        DigestAlgorithm algorithm = challenge.algorithm();
        String nonce = plain(challenge.nonce());
        String secret =
                algorithm.hash(credentials.user(), plain(challenge.space().realm()), credentials.password());
        if (challenge.isOfSession()) {
            secret = algorithm.hash(secret, nonce, cnonce);
        }
        String request = algorithm.hash(target.method(), target.uri());
        return challenge.withQop()
                ? algorithm.hash(secret, nonce, nc, cnonce, "auth", request)
                : algorithm.hash(secret, nonce, request);
    }

    static void quoted(AuthenticationHeader header, String name, String value) {
        NameValue parameter = new NameValue(name, value);
        parameter.setQuotedValue();
        header.getParameters().set(parameter);
    }

    static void bare(AuthenticationHeader header, String name, String value) {
        header.getParameters().set(new NameValue(name, value));
    }

    /** Returns a text of ours as it stands between quotes (RFC 3261 §25.1, quoted-string). */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** Returns a peer's text, which is kept as it stood between quotes, without its escapes. */
    static String plain(String quoted) {
        return quoted.replaceAll("\\\\(.)", "$1");
    }
}
