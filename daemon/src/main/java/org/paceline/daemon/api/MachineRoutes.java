package org.paceline.daemon.api;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.paceline.dialer.threads.ThreadSign;

/** {@code /metrics} and {@code /health}: without a token, for the machines that watch the daemon. */
final class MachineRoutes {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Supplier<String> metrics;
    private final HealthCheck.Source health;

    MachineRoutes(Supplier<String> metrics, HealthCheck.Source health) {
        this.metrics = metrics;
        this.health = health;
    }

    void addTo(Routes routes) {
        routes.get("/metrics", request -> request.contentType(PROMETHEUS_TEXT).result(metrics.get()));
        routes.get("/health/live", this::live);
        routes.get("/health/ready", this::ready);
    }

    /**
     * Answers whether the process lives. Down means that it has to be ended from outside: a thread hangs, or died and
     * the process did not end.
     */
    private void live(Context request) {
        List<ThreadSign> threads = health.threads();
        boolean up = threads.stream().allMatch(ThreadSign::isAlive);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", up ? "up" : "down");
        answer.put("threads", threads.stream().map(ThreadView::of).toList());
        request.status(up ? 200 : 503).json(answer);
    }

    private record ThreadView(String name, boolean alive, long ageMillis, long limitMillis) {
        static ThreadView of(ThreadSign sign) {
            return new ThreadView(sign.thread(), sign.isAlive(), sign.ageMillis(), sign.limitMillis());
        }
    }

    private void ready(Context request) {
        List<HealthCheck> checks = health.checks();
        boolean down = checks.stream().anyMatch(check -> !check.up() && check.critical());
        boolean allUp = checks.stream().allMatch(HealthCheck::up);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", down ? "down" : allUp ? "up" : "degraded");
        answer.put("checks", checks);
        request.status(down ? 503 : 200).json(answer);
    }
}
