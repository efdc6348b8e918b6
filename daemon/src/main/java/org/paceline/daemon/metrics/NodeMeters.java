package org.paceline.daemon.metrics;

import java.util.List;
import java.util.Locale;
import org.paceline.daemon.BuildVersion;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.engine.Snapshot;

/** The figures of the node itself and of its agents. Thread: one at a time. */
final class NodeMeters {
    private final Meters meters;

    NodeMeters(Meters meters) {
        this.meters = meters;
    }

    void node(Snapshot snapshot) {
        meters.gauge(
                "paceline.build.info",
                "1; its labels say which build runs",
                1.0,
                "version",
                BuildVersion.text(),
                "java",
                Runtime.version().toString());
        meters.gauge("paceline.calls.live", "Calls between plan and end", snapshot.liveCalls());
        meters.gauge("paceline.draining", "1 from the request to stop on", snapshot.draining() ? 1 : 0);
        meters.gauge(
                "paceline.recorder.up", "1 while recordings can be written", snapshot.recorderFault() == null ? 1 : 0);
        network(snapshot.network());
        snapshot.unexpectedEvents()
                .forEach((event, count) -> meters.counter(
                        "paceline.unexpected.events",
                        "Events that did not fit the state they came in",
                        count,
                        "event",
                        event));
        meters.counter(
                "paceline.connected",
                "Answered calls joined with an agent",
                snapshot.answerToConnected().count());
    }

    private void network(Snapshot.Network network) {
        meters.gauge(
                "paceline.journal.seconds",
                "How long it takes to store a batch of attempts",
                network.journalMillis() / 1_000.0);
        meters.gauge("paceline.journal.waiting", "Attempts that are not stored yet", network.unjournaled());
        if (network.rtpPorts() != Integer.MAX_VALUE) {
            ports("usable", network.rtpPorts());
            ports("free", network.rtpPortsFree());
            ports("held_by_others", network.rtpPortsHeld());
        }
    }

    private void ports(String state, int count) {
        meters.gauge("paceline.rtp.ports", "Local ports for audio", (double) count, "state", state);
    }

    void agents(List<Snapshot.AgentStatus> agents) {
        for (AgentState state : AgentState.values()) {
            long count = agents.stream().filter(agent -> agent.state() == state).count();
            meters.gauge("paceline.agents", "Agents by state", (double) count, "state", lower(state));
        }
        for (Limit limit : Limit.values()) {
            long over = agents.stream().filter(agent -> agent.over() == limit).count();
            long passed = agents.stream()
                    .mapToLong(agent -> agent.limitsPassed().getOrDefault(limit, 0L))
                    .sum();
            meters.gauge("paceline.agents.over.limit", "Agents over a limit now", (double) over, "limit", lower(limit));
            meters.counter("paceline.limits.passed", "How often agents went over it", passed, "limit", lower(limit));
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
