package org.paceline.daemon.agents;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.StorableText;
import org.paceline.dialer.agent.Qualification;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;

/**
 * Qualifications with their history: nothing is changed or taken out, the last word on an agent and campaign holds.
 *
 * <p>Thread: any; may block. Reading fails with {@link JdbiException} or {@link SQLException}.
 */
public final class QualificationTable {
    private static final int LONGEST_WHO = 200;
    private static final String COLUMNS =
            "SELECT id, agent, campaign, qualified, last_day, entered_by, entered_at FROM agent_qualification q WHERE ";
    private static final String LAST_WORD = " AND NOT EXISTS (SELECT 1 FROM agent_qualification later"
            + " WHERE later.agent = q.agent AND later.campaign = q.campaign AND later.id > q.id) ORDER BY campaign, id";

    private final Database database;

    public QualificationTable(Database database) {
        this.database = database;
    }

    /** @param by who says it, {@code supervisor:boss} */
    public void say(Qualification qualification, String by, long atEpochMillis) throws SQLException {
        database.write(handle -> {
            insert(handle.getConnection(), qualification, by, atEpochMillis);
            return null;
        });
    }

    private static void insert(Connection connection, Qualification said, String by, long atEpochMillis)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO agent_qualification"
                + " (agent, campaign, qualified, last_day, entered_by, entered_at) VALUES (?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, said.agent().value());
            insert.setString(2, said.campaign().value());
            insert.setBoolean(3, said.lastDay() != Qualification.NONE);
            if (said.lastDay() == Qualification.NO_END || said.lastDay() == Qualification.NONE) {
                insert.setNull(4, Types.BIGINT);
            } else {
                insert.setLong(4, said.lastDay());
            }
            insert.setString(5, StorableText.of(by, LONGEST_WHO));
            insert.setLong(6, atEpochMillis);
            insert.executeUpdate();
        }
    }

    /** What holds for the agent, those over included, by campaign; not what was taken back. */
    public List<QualificationWord> of(AgentId agent) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            try (PreparedStatement query = handle.getConnection().prepareStatement(COLUMNS + "agent = ?" + LAST_WORD)) {
                query.setString(1, agent.value());
                return words(query).stream()
                        .filter(word -> word.qualification().lastDay() != Qualification.NONE)
                        .toList();
            }
        });
    }

    /** The last words of all agents with a higher id. */
    List<QualificationWord> after(long id) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            try (PreparedStatement query = handle.getConnection().prepareStatement(COLUMNS + "id > ?" + LAST_WORD)) {
                query.setLong(1, id);
                return words(query);
            }
        });
    }

    private static List<QualificationWord> words(PreparedStatement query) throws SQLException {
        List<QualificationWord> words = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                long lastDay = rows.getLong(5);
                boolean hasNoEnd = rows.wasNull();
                words.add(new QualificationWord(
                        rows.getLong(1),
                        new Qualification(
                                new AgentId(rows.getString(2)),
                                new CampaignId(rows.getString(3)),
                                rows.getBoolean(4) ? hasNoEnd ? Qualification.NO_END : lastDay : Qualification.NONE),
                        rows.getString(6),
                        rows.getLong(7)));
            }
        }
        return words;
    }
}
