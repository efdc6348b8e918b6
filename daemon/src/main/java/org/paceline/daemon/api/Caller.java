package org.paceline.daemon.api;

import org.paceline.dialer.agent.AgentId;

/** Who sent a request, by its token. */
sealed interface Caller {

    /** @throws ApiProblem 403 unless the caller may act for the agent */
    void mayActFor(AgentId agent);

    /** @throws ApiProblem 403 unless the caller is a supervisor */
    void mustSupervise();

    /** For the records: {@code api:alice}. */
    String source();

    record Agent(AgentId id) implements Caller {
        @Override
        public void mayActFor(AgentId agent) {
            if (!id.equals(agent)) {
                throw ApiProblem.notYours("the token is agent '" + id + "''s: it acts for that agent only");
            }
        }

        @Override
        public void mustSupervise() {
            throw ApiProblem.notYours("the token is agent '" + id + "''s: this needs a supervisor's");
        }

        @Override
        public String source() {
            return "api:" + id;
        }
    }

    record Supervisor(String name) implements Caller {
        @Override
        public void mayActFor(AgentId agent) {}

        @Override
        public void mustSupervise() {}

        @Override
        public String source() {
            return "api:" + name;
        }
    }
}
