package org.paceline.daemon.agents;

import java.sql.SQLException;
import java.util.List;
import org.paceline.dialer.agent.AgentDay;
import org.paceline.dialer.agent.Qualification;
import org.paceline.dialer.id.AgentId;

/**
 * What the database knows of agents, over all nodes, and what is entered of them.
 *
 * <p>Thread: any; may block. A database that does not answer comes as {@link SQLException} or Jdbi's unchecked exception.
 */
public interface AgentDesk {

    /** The agent's load of this local day. */
    AgentDay today(AgentId agent);

    /** The agent's shifts that reach into a time, epoch milliseconds, its end exclusive, by their begin. */
    List<AgentSession> sessions(AgentId agent, long fromEpochMillis, long toEpochMillis);

    /** The agent's qualifications, those over included, by campaign. */
    List<QualificationWord> qualifications(AgentId agent) throws SQLException;

    /**
     * Says until when an agent is qualified, durably; it holds at once.
     *
     * @param by who says it, {@code supervisor:boss}
     */
    void qualify(Qualification qualification, String by) throws SQLException;
}
