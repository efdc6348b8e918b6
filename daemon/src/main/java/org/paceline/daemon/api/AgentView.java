package org.paceline.daemon.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.http.Moments;
import org.paceline.daemon.config.AgentConfig;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.CampaignId;
import org.paceline.yaml.ScalarType;

/** The view of an agent. */
record AgentView(
        String id,
        @Nullable String team,
        String state,
        @Nullable String reason,
        @Nullable String since,
        List<String> campaigns,
        Map<String, String> notServed,
        @Nullable String call,
        @Nullable String lastCall,
        long callsTaken,
        int attemptsToday,
        int callsToday,
        long talkSecondsToday,
        long breakSecondsToday,
        Map<String, Long> secondsSpent,
        @Nullable String overLimit,
        Map<String, Long> limitsPassed,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<RegisteredPhone> phones) {

    /** @param phones the agent's registered phones; null where they do not register */
    static AgentView of(Snapshot.AgentStatus agent, @Nullable String team, @Nullable List<RegisteredPhone> phones) {
        return new AgentView(
                agent.id().value(),
                team,
                agent.state().name(),
                agent.reason(),
                Moments.shown(agent.sinceEpochMillis()),
                agent.campaigns().stream().map(CampaignId::value).sorted().toList(),
                agent.leftOut().entrySet().stream()
                        .collect(Collectors.toMap(
                                out -> out.getKey().value(), Map.Entry::getValue, (a, b) -> a, TreeMap::new)),
                agent.call() == null ? null : agent.call().toString(),
                agent.lastCall() == null ? null : agent.lastCall().toString(),
                agent.callsTaken(),
                agent.today().attempts(),
                agent.today().calls(),
                agent.today().talkMillis() / 1000,
                agent.breakMillisToday() / 1000,
                agent.spent().asMillis().entrySet().stream()
                        .collect(Collectors.toMap(
                                spent -> spent.getKey().name(),
                                spent -> spent.getValue() / 1000,
                                (a, b) -> a,
                                TreeMap::new)),
                agent.over() == null ? null : ScalarType.written(agent.over()),
                agent.limitsPassed().entrySet().stream()
                        .collect(Collectors.toMap(
                                passed -> ScalarType.written(passed.getKey()),
                                Map.Entry::getValue,
                                Long::sum,
                                TreeMap::new)),
                phones);
    }

    /** Makes the view of an agent that never signed in, whom the engine does not know. */
    static AgentView signedOut(AgentConfig agent, @Nullable List<RegisteredPhone> phones) {
        return new AgentView(
                agent.id().value(),
                agent.team(),
                AgentState.SIGNED_OUT.name(),
                null,
                null,
                List.of(),
                Map.of(),
                null,
                null,
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                null,
                Map.of(),
                phones);
    }
}
