package org.paceline.daemon.api.access;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.daemon.config.AgentConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.Secret;
import org.paceline.daemon.config.TeamConfig;

/**
 * Finds the sender of a request. Tokens are looked up by their SHA-256, so the time it takes says nothing about their
 * text.
 *
 * <p>Thread: any.
 */
public final class Tokens {
    private static final String SCHEME = "Bearer ";

    private final Supplier<DaemonConfig> config;
    private volatile Known known;

    /** @param config the node's settings in force, whose tokens count */
    public Tokens(Supplier<DaemonConfig> config) {
        this.config = config;
        known = Known.of(config.get());
    }

    /** The tokens of the settings that they were read from. */
    private record Known(DaemonConfig of, Map<ByteBuffer, Caller> byDigest) {

        static Known of(DaemonConfig config) {
            Map<ByteBuffer, Caller> all = new HashMap<>();
            config.agents().forEach(agent -> all.put(digest(agent.token().reveal()), new Caller.Agent(agent.id())));
            config.api()
                    .leaders()
                    .forEach(leader -> all.put(digest(leader.token().reveal()), leader(config, leader.name())));
            config.api()
                    .supervisors()
                    .forEach(supervisor ->
                            all.put(digest(supervisor.token().reveal()), new Caller.Supervisor(supervisor.name())));
            return new Known(config, all);
        }

        @SuppressWarnings("ReferenceEquality") // settings are read anew, never changed
        boolean isOf(DaemonConfig config) {
            return of == config;
        }
    }

    private static Caller leader(DaemonConfig config, String name) {
        List<String> teams = config.teams().stream()
                .filter(team -> name.equals(team.leader()))
                .map(TeamConfig::name)
                .toList();
        return new Caller.Leader(
                name,
                teams,
                config.agents().stream()
                        .filter(agent -> agent.team() != null && teams.contains(agent.team()))
                        .map(AgentConfig::id)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static ByteBuffer digest(String token) {
        return ByteBuffer.wrap(Secret.digest(token));
    }

    /** @throws ApiProblem 401 where no valid token came in the header */
    public Caller caller(Context request) {
        String token = bearer(request.header("Authorization"));
        Caller caller = token == null ? null : callerOf(token);
        if (caller == null) {
            throw ApiProblem.noToken();
        }
        return caller;
    }

    /** Returns whose token it is, or null where it is nobody's. */
    @Nullable
    Caller callerOf(String token) {
        DaemonConfig now = config.get();
        Known current = known;
        if (!current.isOf(now)) {
            current = Known.of(now);
            known = current;
        }
        return current.byDigest.get(digest(token));
    }

    /** Returns the token of an {@code Authorization} header, or null where it has none. */
    static @Nullable String bearer(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : null;
    }
}
