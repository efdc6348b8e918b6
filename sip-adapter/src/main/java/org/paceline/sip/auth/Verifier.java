package org.paceline.sip.auth;

import gov.nist.javax.sip.header.AuthenticationHeader;
import gov.nist.javax.sip.header.Authorization;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.WWWAuthenticate;
import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.sip.header.AuthorizationHeader;
import org.jspecify.annotations.Nullable;

/**
 * Asks others for their password, and judges their answers (RFC 3261 §22.2, RFC 7616, RFC 8760): {@code qop=auth} only, one
 * challenge for each algorithm.
 *
 * <p>Thread: any. Time is a parameter, monotonic.
 */
public final class Verifier {

    private static final String QOP = "auth";
    private static final int NC_DIGITS = 8;

    private final String realm;
    private final List<DigestAlgorithm> algorithms;
    private final Nonces nonces = new Nonces();

    /**
     * @param realm without quotes and backslashes
     * @param algorithms what is taken; at least one
     */
    public Verifier(String realm, List<DigestAlgorithm> algorithms) {
        if (algorithms.isEmpty() || !realm.matches("[^\"\\\\]+")) {
            throw new IllegalArgumentException("realm=" + realm + " algorithms=" + algorithms
                    + ": must have a realm without quotes, and an algorithm");
        }
        this.realm = realm;
        this.algorithms = List.copyOf(algorithms);
    }

    /** What a request's answer is worth. */
    public sealed interface Verdict {
        /** It has the password. */
        record Right(DigestAlgorithm used) implements Verdict {}

        /**
         * It is to be challenged, and nothing is held against it.
         *
         * @param stale whether it answered, but with a nonce that is not good any more, or was used
         * @param used the algorithm that it answered with; null for none or one that is not offered
         */
        record Unproven(boolean stale, @Nullable DigestAlgorithm used) implements Verdict {}

        /** @param reason one line, with nothing that the sender wrote */
        record Wrong(String reason) implements Verdict {}
    }

    /**
     * Judges the answer in a request.
     *
     * @param credentials what the sender should know
     * @param from the address that the request came from
     */
    public Verdict judge(SIPRequest request, Credentials credentials, InetAddress from, long nowNanos) {
        AuthenticationHeader answer = answerOf(request);
        if (answer == null) {
            return new Verdict.Unproven(false, null);
        }
        String nonce = Objects.requireNonNullElse(answer.getNonce(), "");
        String word = answer.getAlgorithm();
        DigestAlgorithm algorithm = word == null ? DigestAlgorithm.MD5 : DigestAlgorithm.named(word);
        if (!nonces.isFresh(nonce, from, nowNanos)) {
            return new Verdict.Unproven(true, algorithm);
        }
        if (algorithm == null || !algorithms.contains(algorithm)) {
            return new Verdict.Wrong("its digest has an algorithm that was not offered");
        }
        Long count = count(answer);
        String cnonce = answer.getCNonce();
        if (!QOP.equals(plain(answer.getQop())) || count == null || cnonce == null) {
            return new Verdict.Wrong("its digest is without qop=auth, nc and cnonce");
        }
        String uri = plain(answer.getParameter(AuthenticationHeader.URI));
        if (!isFor(uri, request)) {
            return new Verdict.Wrong("its digest is for another URI than the request's");
        }
        if (!credentials.user().equals(DigestAnswer.plain(Objects.requireNonNullElse(answer.getUsername(), "")))) {
            return new Verdict.Wrong("its digest is of another user than the request");
        }
        Challenge challenge =
                new Challenge(new Challenge.Space(false, realm), nonce, null, algorithm, word, true, false, false);
        String right = DigestAnswer.response(
                challenge,
                credentials,
                new DigestAnswer.Target(request.getMethod(), uri),
                plain(answer.getParameter(AuthenticationHeader.NC)),
                DigestAnswer.plain(cnonce));
        if (!isSame(right, plain(answer.getResponse()).toLowerCase(Locale.ROOT))) {
            return new Verdict.Wrong("wrong password");
        }
        return nonces.use(nonce, count, nowNanos)
                ? new Verdict.Right(algorithm)
                : new Verdict.Unproven(true, algorithm);
    }

    /**
     * Makes the challenges of a 401 to a request that came from that address.
     *
     * @param offered the algorithms, the best first
     */
    public List<SIPHeader> challenges(InetAddress from, List<DigestAlgorithm> offered, boolean stale, long nowNanos) {
        String nonce = nonces.make(from, nowNanos);
        List<SIPHeader> challenges = new ArrayList<>();
        for (DigestAlgorithm algorithm : offered) {
            WWWAuthenticate header = new WWWAuthenticate();
            header.setScheme("Digest");
            DigestAnswer.quoted(header, AuthenticationHeader.REALM, realm);
            DigestAnswer.quoted(header, AuthenticationHeader.NONCE, nonce);
            DigestAnswer.bare(header, AuthenticationHeader.ALGORITHM, algorithm.word());
            DigestAnswer.quoted(header, AuthenticationHeader.QOP, QOP);
            if (stale) {
                DigestAnswer.bare(header, AuthenticationHeader.STALE, "true");
            }
            challenges.add(header);
        }
        return challenges;
    }

    private @Nullable AuthenticationHeader answerOf(SIPRequest request) {
        Iterator<?> headers = request.getHeaders(AuthorizationHeader.NAME);
        while (headers.hasNext()) {
            if (headers.next() instanceof Authorization answer
                    && "Digest".equalsIgnoreCase(answer.getScheme())
                    && realm.equals(answer.getRealm())) {
                return answer;
            }
        }
        return null;
    }

    private static @Nullable Long count(AuthenticationHeader answer) {
        String digits = plain(answer.getParameter(AuthenticationHeader.NC));
        if (digits.length() != NC_DIGITS || !digits.matches("[0-9a-fA-F]+")) {
            return null;
        }
        return Long.parseLong(digits, 16);
    }

    /**
     * Whether the digest is for the request's URI (RFC 7616 §3.4.3): the same up to parameters, because proxies add or drop
     * those.
     */
    private static boolean isFor(String uri, SIPRequest request) {
        return address(uri).equalsIgnoreCase(address(request.getRequestURI().toString()));
    }

    private static String address(String uri) {
        return uri.replaceFirst("[;?].*", "");
    }

    private static String plain(@Nullable String text) {
        return text == null ? "" : text.replace("\"", "").trim();
    }

    private static boolean isSame(String right, String given) {
        return MessageDigest.isEqual(
                right.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII));
    }
}
