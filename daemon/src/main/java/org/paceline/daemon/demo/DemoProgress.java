package org.paceline.daemon.demo;

import java.io.PrintWriter;
import java.util.Locale;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.engine.Snapshot;

/** The demo's line a second, and whether it is over. Thread: one at a time. */
final class DemoProgress {
    private final int limitSeconds;
    private final int quietSeconds;
    private final PrintWriter out;
    private int seconds;
    private int quiet;

    /** @param quietSeconds how long nothing must be left to dial before the demo is over */
    DemoProgress(int limitSeconds, int quietSeconds, PrintWriter out) {
        this.limitSeconds = limitSeconds;
        this.quietSeconds = quietSeconds;
        this.out = out;
    }

    /** Prints the line; returns whether the demo is over. */
    boolean line(Snapshot snapshot) {
        seconds++;
        long attempts = 0;
        long answered = 0;
        long abandoned = 0;
        long refused = 0;
        int ready = 0;
        for (Snapshot.CampaignStatus campaign : snapshot.campaigns()) {
            attempts += campaign.attempts();
            answered += campaign.answered();
            abandoned += campaign.abandoned();
            refused += campaign.refusals().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            ready += campaign.readyLeads();
        }
        out.printf(
                Locale.ROOT,
                "%3d s  agents: %d talking, %d ready, %d wrapping up  calls: %d live  attempts: %d  answered: %d"
                        + "  connected: %d  abandoned: %d  refused: %d%n",
                seconds,
                agents(snapshot, AgentState.TALKING),
                agents(snapshot, AgentState.READY),
                agents(snapshot, AgentState.WRAP_UP),
                snapshot.liveCalls(),
                attempts,
                answered,
                snapshot.answerToConnected().count(),
                abandoned,
                refused);
        out.flush();
        quiet = attempts > 0 && ready == 0 && snapshot.liveCalls() == 0 ? quiet + 1 : 0;
        return quiet >= quietSeconds || seconds >= limitSeconds;
    }

    private static long agents(Snapshot snapshot, AgentState state) {
        return snapshot.agents().stream()
                .filter(agent -> agent.state() == state)
                .count();
    }
}
