package org.paceline.daemon.agents;

import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.agent.AgentDay;
import org.paceline.dialer.agent.Qualification;
import org.paceline.dialer.id.AgentId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The desk over this node's database. Thread: any; may block. */
public final class SqlAgentDesk implements AgentDesk {
    private static final Logger LOG = LoggerFactory.getLogger(SqlAgentDesk.class);

    private final SessionTable sessions;
    private final QualificationTable qualifications;
    private final QualificationWatch watch;
    private final Function<AgentId, AgentDay> today;
    private final LongSupplier epochMillis;

    /**
     * @param watch tells the engine of the entries made here
     * @param today counts an agent's load of this local day
     */
    public SqlAgentDesk(
            Database database, QualificationWatch watch, Function<AgentId, AgentDay> today, LongSupplier epochMillis) {
        this.sessions = new SessionTable(database);
        this.qualifications = new QualificationTable(database);
        this.watch = watch;
        this.today = today;
        this.epochMillis = epochMillis;
    }

    @Override
    public AgentDay today(AgentId agent) {
        return today.apply(agent);
    }

    @Override
    public List<AgentSession> sessions(AgentId agent, long fromEpochMillis, long toEpochMillis) {
        return sessions.of(agent, fromEpochMillis, toEpochMillis);
    }

    @Override
    public List<QualificationWord> qualifications(AgentId agent) {
        return qualifications.of(agent);
    }

    @Override
    public void qualify(Qualification qualification, String by) {
        qualifications.say(qualification, by, epochMillis.getAsLong());
        LOG.info(
                "agent={} event=qualified campaign={} last-day={} by={}",
                qualification.agent(),
                qualification.campaign(),
                qualification.lastDay(),
                by);
        watch.poll();
    }
}
