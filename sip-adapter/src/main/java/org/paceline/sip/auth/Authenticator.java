package org.paceline.sip.auth;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.ProxyAuthorizationHeader;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.auth.Challenge.Space;

/**
 * Authenticates requests to one peer by digest. Its nonces are kept and used again, each with a count that goes up (RFC
 * 7616 §3.4), so that most requests need no challenge.
 *
 * <p>Thread: any.
 */
public final class Authenticator {
    /** Authenticates nothing: a challenge is a refusal. */
    public static final Authenticator NONE = new Authenticator(null);

    /** A request that was challenged so often goes nowhere: a realm each of some proxies and of the server. */
    private static final int MOST_CHALLENGES = 6;
    /** More realms than any carrier has; a peer that names new ones without end is not remembered. */
    private static final int MOST_SPACES = 32;

    /** What answers stand in. */
    private static final List<String> HEADERS = List.of(AuthorizationHeader.NAME, ProxyAuthorizationHeader.NAME);

    private final @Nullable Credentials credentials;
    private final Map<Space, Nonce> nonces = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    private record Nonce(Challenge challenge, AtomicInteger uses) {}

    /** @param credentials null for none */
    public Authenticator(@Nullable Credentials credentials) {
        this.credentials = credentials;
    }

    /**
     * Adds to a request the answers to all challenges that are known, in the place of those that it has. It must be
     * ready to be sent but for its Via.
     */
    public void authorize(SIPRequest request) {
        if (credentials == null) {
            return;
        }
        HEADERS.forEach(request::removeHeader);
        DigestAnswer.Target target = new DigestAnswer.Target(
                request.getMethod(), request.getRequestURI().toString());
        for (Nonce nonce : nonces.values()) {
            request.addHeader(DigestAnswer.header(
                    nonce.challenge, credentials, target, nonce.uses.incrementAndGet(), newCnonce()));
        }
    }

    private String newCnonce() {
        return HexFormat.of().toHexDigits(random.nextLong());
    }

    /** Whether a response with that status is a challenge. */
    public static boolean isChallenge(int status) {
        return status == Response.UNAUTHORIZED || status == Response.PROXY_AUTHENTICATION_REQUIRED;
    }

    /** Begins one request, which may be challenged several times. */
    public Exchange begin() {
        return new Exchange();
    }

    /** What became of a challenge. */
    public sealed interface Result {
        /** The request is to be sent again, {@link Authenticator#authorize authorized}, with the next CSeq. */
        record Again() implements Result {}

        /** @param reason one line */
        record Refused(String reason) implements Result {}
    }

    /** One request with its challenges. Thread: one at a time. */
    public final class Exchange {
        private final Set<Space> answered = new HashSet<>();
        private int challenges;

        private Exchange() {}

        /** Takes a 401 or 407. */
        public Result take(SIPResponse response) {
            if (credentials == null) {
                return new Result.Refused("asks for a user and password, and none is set");
            }
            List<String> unusable = new ArrayList<>();
            Set<Space> now = new HashSet<>();
            for (Challenge challenge : Challenge.of(response, unusable::add)) {
                Space space = challenge.space();
                if (!credentials.isFor(space.realm())) {
                    unusable.add(space + " is another than '" + credentials.realm() + "'");
                } else if (now.add(space)) {
                    if (!answered.add(space) && !challenge.stale()) {
                        return new Result.Refused(
                                space + " does not take user " + credentials.user() + " with its password");
                    }
                    remember(challenge);
                }
            }
            if (now.isEmpty()) {
                return new Result.Refused(unusable.isEmpty() ? "gives no challenge" : String.join("; ", unusable));
            }
            return ++challenges > MOST_CHALLENGES
                    ? new Result.Refused("challenges again and again")
                    : new Result.Again();
        }
    }

    private void remember(Challenge challenge) {
        if (nonces.size() >= MOST_SPACES && !nonces.containsKey(challenge.space())) {
            nonces.clear();
        }
        nonces.put(challenge.space(), new Nonce(challenge, new AtomicInteger()));
    }

    /** Copies the answers of a request to the ACK of its 2xx (RFC 3261 §22.1). */
    public static void copy(SIPRequest from, SIPRequest ack) {
        for (String name : HEADERS) {
            from.getHeaders(name).forEachRemaining(ack::addHeader);
        }
    }
}
