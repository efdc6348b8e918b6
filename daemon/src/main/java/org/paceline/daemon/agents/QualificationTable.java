package org.paceline.daemon.agents;

import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.StorableText;
import org.paceline.dialer.agent.Qualification;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;

/**
 * Qualifications with their history: nothing is changed or taken out; the last entry for an agent and campaign applies.
 *
 * <p>Thread: any; may block. Fails with {@link JdbiException}.
 */
public final class QualificationTable {
    private static final int LONGEST_WHO = 200;
    private static final String ADD =
            "INSERT INTO agent_qualification (agent, campaign, qualified, last_day, entered_by, entered_at)"
                    + " VALUES (:agent, :campaign, :qualified, :lastDay, :by, :at)";
    private static final String SELECT =
            "SELECT id, agent, campaign, qualified, last_day, entered_by, entered_at FROM agent_qualification q WHERE ";
    private static final String LAST_WORD = " AND NOT EXISTS (SELECT 1 FROM agent_qualification later"
            + " WHERE later.agent = q.agent AND later.campaign = q.campaign AND later.id > q.id) ORDER BY campaign, id";

    private final Database database;

    public QualificationTable(Database database) {
        this.database = database;
    }

    /** @param by who enters it, {@code supervisor:boss} */
    public void say(Qualification said, String by, long atEpochMillis) {
        boolean hasEnd = said.lastDay() != Qualification.NO_END && said.lastDay() != Qualification.NONE;
        database.write(handle -> handle.createUpdate(ADD)
                .bind("agent", said.agent().value())
                .bind("campaign", said.campaign().value())
                .bind("qualified", said.lastDay() != Qualification.NONE)
                .bind("lastDay", hasEnd ? (Long) said.lastDay() : null)
                .bind("by", StorableText.of(by, LONGEST_WHO))
                .bind("at", atEpochMillis)
                .execute());
    }

    /**
     * Returns the agent's qualifications, those that are over included, by campaign; not those that were taken back.
     */
    public List<QualificationWord> of(AgentId agent) {
        return database
                .jdbi()
                .withHandle(handle -> words(handle.createQuery(SELECT + "agent = :agent" + LAST_WORD)
                        .bind("agent", agent.value())))
                .stream()
                .filter(word -> word.qualification().lastDay() != Qualification.NONE)
                .toList();
    }

    /** Returns the last words of all agents with a higher id. */
    List<QualificationWord> after(long id) {
        return database.jdbi()
                .withHandle(handle -> words(
                        handle.createQuery(SELECT + "id > :id" + LAST_WORD).bind("id", id)));
    }

    private static List<QualificationWord> words(Query query) {
        return query.map((row, _) -> {
                    long lastDay = row.getLong("last_day");
                    long until = row.wasNull() ? Qualification.NO_END : lastDay;
                    return new QualificationWord(
                            row.getLong("id"),
                            new Qualification(
                                    new AgentId(row.getString("agent")),
                                    new CampaignId(row.getString("campaign")),
                                    row.getBoolean("qualified") ? until : Qualification.NONE),
                            row.getString("entered_by"),
                            row.getLong("entered_at"));
                })
                .list();
    }
}
