package org.paceline.daemon.api.access;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * <p>Thread: any (immutable).
 */
public final class Tokens {
    private static final String SCHEME = "Bearer ";

    private final Map<ByteBuffer, Caller> byDigest = new HashMap<>();

    public Tokens(DaemonConfig config) {
        config.agents().forEach(agent -> add(agent.token(), new Caller.Agent(agent.id())));
        config.api().leaders().forEach(leader -> add(leader.token(), leader(config, leader.name())));
        config.api()
                .supervisors()
                .forEach(supervisor -> add(supervisor.token(), new Caller.Supervisor(supervisor.name())));
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

    private void add(Secret token, Caller caller) {
        byDigest.put(ByteBuffer.wrap(Secret.digest(token.reveal())), caller);
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
        return byDigest.get(ByteBuffer.wrap(Secret.digest(token)));
    }

    /** Returns the token of an {@code Authorization} header, or null where it has none. */
    static @Nullable String bearer(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : null;
    }
}
