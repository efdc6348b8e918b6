package org.paceline.daemon.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code /metrics} and {@code /health}: without a token, for the machines that watch the daemon. */
final class MachineRoutes {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Supplier<String> metrics;
    private final HealthCheck.Source health;

    MachineRoutes(Supplier<String> metrics, HealthCheck.Source health) {
        this.metrics = metrics;
        this.health = health;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/metrics", request -> request.contentType(PROMETHEUS_TEXT).result(metrics.get()));
        routes.get("/health/live", request -> request.json(Map.of("status", "up")));
        routes.get("/health/ready", this::ready);
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
