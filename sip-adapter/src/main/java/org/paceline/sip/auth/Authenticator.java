package org.paceline.sip.auth;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
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

    /**
     * How long a password that was refused is not tried again, milliseconds: each request would be refused, and carriers
     * lock out whoever tries too often.
     */
    public static final long REFUSED_MILLIS = 60_000;

    /** What answers stand in. */
    private static final List<String> HEADERS = List.of(AuthorizationHeader.NAME, ProxyAuthorizationHeader.NAME);

    private final @Nullable Credentials credentials;
    private final LongSupplier nanos;
    private final Map<Space, Nonce> nonces = new ConcurrentHashMap<>();
    /** When the password was refused, of the spaces that did. */
    private final Map<Space, Long> refusals = new ConcurrentHashMap<>();

    private final SecureRandom random = new SecureRandom();

    private record Nonce(Challenge challenge, AtomicInteger uses) {}

    /** @param credentials null for none */
    public Authenticator(@Nullable Credentials credentials) {
        this(credentials, System::nanoTime);
    }

    /** @param nanos a monotonic clock */
    Authenticator(@Nullable Credentials credentials, LongSupplier nanos) {
        this.credentials = credentials;
        this.nanos = nanos;
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
        /** The request is to be sent again, {@link Exchange#authorize authorized}, with the next CSeq. */
        record Again() implements Result {}

        /** @param reason one line */
        record Refused(String reason) implements Result {}
    }

    /** One request with its challenges. Thread: one at a time. */
    public final class Exchange {
        /** The nonces that the request itself was given; others may have been given newer ones since. */
        private final Map<Space, Nonce> own = new LinkedHashMap<>();

        private int challenges;

        private Exchange() {}

        /**
         * Adds to the request the answers to all challenges that are known, in the place of those that it has. It must
         * be ready to be sent but for its Via.
         */
        public void authorize(SIPRequest request) {
            if (credentials == null) {
                return;
            }
            HEADERS.forEach(request::removeHeader);
            DigestAnswer.Target target = new DigestAnswer.Target(
                    request.getMethod(), request.getRequestURI().toString());
            Map<Space, Nonce> known = new LinkedHashMap<>(nonces);
            known.putAll(own);
            for (Nonce nonce : known.values()) {
                request.addHeader(DigestAnswer.header(
                        nonce.challenge, credentials, target, nonce.uses.incrementAndGet(), newCnonce()));
            }
        }

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
                    boolean isRefusal = own.containsKey(space) && !challenge.stale();
                    if (isRefusal) {
                        refused(space);
                    }
                    if (isRefusal || isRefused(space)) {
                        return new Result.Refused(
                                space + " does not take user " + credentials.user() + " with its password");
                    }
                    own.put(space, remembered(challenge));
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

    private Nonce remembered(Challenge challenge) {
        Nonce nonce = new Nonce(challenge, new AtomicInteger());
        put(nonces, challenge.space(), nonce);
        return nonce;
    }

    private void refused(Space space) {
        nonces.remove(space);
        put(refusals, space, nanos.getAsLong());
    }

    private boolean isRefused(Space space) {
        Long at = refusals.get(space);
        return at != null && nanos.getAsLong() - at < TimeUnit.MILLISECONDS.toNanos(REFUSED_MILLIS);
    }

    private static <V> void put(Map<Space, V> bounded, Space space, V value) {
        if (bounded.size() >= MOST_SPACES && !bounded.containsKey(space)) {
            bounded.clear();
        }
        bounded.put(space, value);
    }

    /** Copies the answers of a request to the ACK of its 2xx (RFC 3261 §22.1). */
    public static void copy(SIPRequest from, SIPRequest ack) {
        for (String name : HEADERS) {
            from.getHeaders(name).forEachRemaining(ack::addHeader);
        }
    }
}
