package org.paceline.daemon.agents;

import java.util.List;
import org.paceline.dialer.agent.AgentDay;
import org.paceline.dialer.agent.Qualification;
import org.paceline.dialer.id.AgentId;

/**
 * Reads and enters the database's facts about agents, over all nodes.
 *
 * <p>Thread: any; may block. Database errors come as Jdbi's unchecked exceptions.
 */
public interface AgentDesk {

    /** Returns the agent's load of this local day. */
    AgentDay today(AgentId agent);

    /**
     * Returns the agent's shifts that overlap a time, epoch milliseconds, its end exclusive, in the order of their
     * begin.
     */
    List<AgentSession> sessions(AgentId agent, long fromEpochMillis, long toEpochMillis);

    /** Returns the agent's qualifications, those that are over included, by campaign. */
    List<QualificationWord> qualifications(AgentId agent);

    /**
     * Sets until when an agent is qualified, durably; this takes effect at once.
     *
     * @param by who enters it, {@code supervisor:boss}
     */
    void qualify(Qualification qualification, String by);
}
