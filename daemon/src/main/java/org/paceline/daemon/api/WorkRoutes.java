package org.paceline.daemon.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.http.Context;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.access.Tokens;
import org.paceline.daemon.calls.DailyTarget;
import org.paceline.daemon.calls.WorkBook;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.dialer.id.AgentId;

/** {@code /api/agents/{id}/work}: an agent's day against the target. */
final class WorkRoutes {
    private final Supplier<DaemonConfig> config;
    private final WorkBook work;
    private final Tokens tokens;

    WorkRoutes(Supplier<DaemonConfig> config, WorkBook work, Tokens tokens) {
        this.config = config;
        this.work = work;
        this.tokens = tokens;
    }

    void addTo(Routes routes) {
        routes.get("/api/agents/{id}/work", this::work);
    }

    private record Target(
            @Nullable Integer calls,
            @JsonProperty("new") @Nullable Integer fresh,
            @Nullable Integer followUp,
            long validAfterSeconds) {}

    private record Count(int calls, @JsonProperty("new") int fresh, int followUp, Target target) {}

    private record Work(String agent, String day, Count total, Map<String, Count> campaigns) {}

    private void work(Context request) {
        AgentId agent =
                Agents.named(request, config.get(), tokens.caller(request)).id();
        WorkBook.Work done = work.of(agent);
        Map<String, Count> campaigns = new TreeMap<>();
        done.campaigns().forEach((name, count) -> campaigns.put(name, count(count, work.target(name))));
        request.json(new Work(agent.value(), done.day().toString(), count(done.total(), work.overall()), campaigns));
    }

    private static Count count(WorkBook.Count count, DailyTarget target) {
        return new Count(
                count.calls(),
                count.fresh(),
                count.followUp(),
                new Target(
                        target.calls(),
                        target.fresh(),
                        target.followUp(),
                        target.validAfter().toSeconds()));
    }
}
