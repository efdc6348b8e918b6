package org.paceline.daemon.api.access;

import java.util.List;
import java.util.Set;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.dialer.id.AgentId;

/** The sender of a request, known by its token. */
public sealed interface Caller {

    /** Whether the caller sees the agent and may act for it. */
    boolean sees(AgentId agent);

    /** Names the caller for people: {@code agent 'alice'}. */
    String who();

    /** Says for people for whom the token acts. */
    String reach();

    /**
     * Names the caller for what is stored, with the role, because an agent and a supervisor may share a name: {@code
     * supervisor:boss}.
     */
    String source();

    /** @throws ApiProblem 403 unless the caller may act for the agent */
    default void mayActFor(AgentId agent) {
        if (!sees(agent)) {
            throw ApiProblem.notYours("the token is " + who() + "'s: it acts for " + reach() + " only");
        }
    }

    /** @throws ApiProblem 403 unless the caller is a leader or a supervisor */
    default void mustLead() {}

    /** @throws ApiProblem 403 unless the caller is a supervisor */
    default void mustSupervise() {
        throw ApiProblem.notYours("the token is " + who() + "'s: this needs a supervisor's");
    }

    record Agent(AgentId id) implements Caller {
        @Override
        public boolean sees(AgentId agent) {
            return id.equals(agent);
        }

        @Override
        public String who() {
            return "agent '" + id + "'";
        }

        @Override
        public String reach() {
            return "that agent";
        }

        @Override
        public String source() {
            return "agent:" + id;
        }

        @Override
        public void mustLead() {
            throw ApiProblem.notYours("the token is " + who() + "'s: this needs a leader's or a supervisor's");
        }
    }

    /**
     * @param teams the teams that the leader leads, by name
     * @param members of these teams
     */
    record Leader(String name, List<String> teams, Set<AgentId> members) implements Caller {
        @Override
        public boolean sees(AgentId agent) {
            return members.contains(agent);
        }

        @Override
        public String who() {
            return "leader '" + name + "'";
        }

        @Override
        public String reach() {
            return "team " + String.join(", ", teams);
        }

        @Override
        public String source() {
            return "leader:" + name;
        }
    }

    record Supervisor(String name) implements Caller {
        @Override
        public boolean sees(AgentId agent) {
            return true;
        }

        @Override
        public String who() {
            return "supervisor '" + name + "'";
        }

        @Override
        public String reach() {
            return "every agent";
        }

        @Override
        public String source() {
            return "supervisor:" + name;
        }

        @Override
        public void mustSupervise() {}
    }
}
