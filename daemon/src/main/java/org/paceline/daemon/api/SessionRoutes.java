package org.paceline.daemon.api;

import io.javalin.http.Context;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.SupportedYears;
import org.paceline.daemon.agents.AgentDesk;
import org.paceline.daemon.agents.AgentSession;
import org.paceline.daemon.api.access.Tokens;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.daemon.api.http.Moments;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.dialer.id.AgentId;

/** {@code /api/agents/{id}/sessions}: when an agent was signed in. */
final class SessionRoutes {
    private static final long MOST_DAYS = 366;

    /** @param seconds how long it lasted, null while it does */
    private record View(
            String signedInAt,
            @Nullable String signedOutAt,
            @Nullable Long seconds,
            @Nullable String reason,
            List<String> campaigns,
            String node) {

        static View of(AgentSession session) {
            long end = session.signedOutAtEpochMillis();
            return new View(
                    Moments.written(session.signedInAtEpochMillis()),
                    Moments.shown(end),
                    end == 0 ? null : (end - session.signedInAtEpochMillis()) / 1000,
                    session.reason(),
                    session.campaigns(),
                    session.node());
        }
    }

    private final Supplier<DaemonConfig> config;
    private final AgentDesk agents;
    private final Tokens tokens;

    SessionRoutes(Supplier<DaemonConfig> config, AgentDesk agents, Tokens tokens) {
        this.config = config;
        this.agents = agents;
        this.tokens = tokens;
    }

    void addTo(Routes routes) {
        routes.get("/api/agents/{id}/sessions", this::list, "from", "to");
    }

    private void list(Context request) {
        AgentId agent =
                Agents.named(request, config.get(), tokens.caller(request)).id();
        ZoneId zone = config.get().node().zone();
        LocalDate from = day(request, "from", LocalDate.now(zone));
        LocalDate to = day(request, "to", from);
        if (to.isBefore(from) || to.toEpochDay() - from.toEpochDay() >= MOST_DAYS) {
            throw ApiProblem.badRequest("'to' must be a day from 'from' on, at most " + MOST_DAYS + " days; is " + to);
        }
        request.json(agents.sessions(agent, startOf(from, zone), startOf(to.plusDays(1), zone)).stream()
                .map(View::of)
                .toList());
    }

    private static LocalDate day(Context request, String key, LocalDate otherwise) {
        @Nullable String text = request.queryParam(key);
        if (text == null) {
            return otherwise;
        }
        LocalDate day = SupportedYears.day(text);
        if (day == null) {
            throw ApiProblem.badRequest(
                    "'" + key + "' must be a day as 2026-11-25, " + SupportedYears.WORDS + "; is '" + text + "'");
        }
        return day;
    }

    private static long startOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
