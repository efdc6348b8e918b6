package org.paceline.bench.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.paceline.daemon.database.Database;

/** The leads that the bench writes to, and what must hold of them. Thread: any. */
final class Leads {
    private static final long FIRST_NUMBER = 12_000_000_000L;
    private static final String EXTRA = "x".repeat(100);
    private static final String INSERT = "INSERT INTO lead (id, campaign, e164, region, status, extra, imported_at)"
            + " VALUES (?, 'spring', ?, 'US', 'LEASED', '" + EXTRA + "', 0)";

    private Leads() {}

    /**
     * What an opened database has.
     *
     * @param lost leads with fewer attempts than a writer was told
     * @param torn leads and ledgers whose attempts are not those of the other table or of the thread's leads
     * @param attempts rows
     */
    record Judgement(int lost, int torn, long attempts) {}

    static long number(int lead) {
        return FIRST_NUMBER + lead;
    }

    /** Adds the leads and a ledger for each thread to an empty database, in one transaction. */
    static void addWhereMissing(Database database, StorageSettings settings) throws SQLException {
        database.write(handle -> {
            Connection connection = handle.getConnection();
            if (count(connection, "SELECT COUNT(*) FROM lead") > 0) {
                return false;
            }
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (int lead = 0; lead < settings.leads(); lead++) {
                    insert(insert, lead);
                }
                for (int thread = 0; thread < settings.threads(); thread++) {
                    insert(insert, Workload.FIRST_LEDGER + thread);
                }
                insert.executeBatch();
            }
            return true;
        });
    }

    private static void insert(PreparedStatement insert, int lead) throws SQLException {
        insert.setLong(1, lead);
        insert.setLong(2, number(lead));
        insert.addBatch();
    }

    /** Changes each lead: a row that a kill left in a transaction without an end would keep this from ending. */
    static void touch(Database database, long child) throws SQLException {
        database.write(handle -> {
            try (PreparedStatement touch = handle.getConnection().prepareStatement("UPDATE lead SET name = ?")) {
                touch.setString(1, "child " + child);
                return touch.executeUpdate();
            }
        });
    }

    static Judgement judge(Database database, StorageSettings settings, Path told) throws SQLException, IOException {
        int[] want = ToldLog.read(told, settings.leads());
        return database.jdbi().withHandle(handle -> judge(handle.getConnection(), settings.threads(), want));
    }

    private static Judgement judge(Connection connection, int threads, int[] want) throws SQLException {
        Map<Integer, Integer> rows = new HashMap<>();
        int[] ledgers = new int[threads];
        int lost = 0;
        int torn = 0;
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT lead_id FROM attempt")) {
                while (row.next()) {
                    rows.merge(row.getInt(1), 1, Integer::sum);
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT id, attempts, priority FROM lead ORDER BY id")) {
                while (row.next()) {
                    int id = row.getInt(1);
                    int attempts = row.getInt(2);
                    if (id >= Workload.FIRST_LEDGER) {
                        torn += attempts == ledgers[id - Workload.FIRST_LEDGER] ? 0 : 1;
                    } else {
                        ledgers[id % threads] += attempts;
                        lost += attempts < want[id] ? 1 : 0;
                        torn += attempts == rows.getOrDefault(id, 0) + row.getInt(3) ? 0 : 1;
                    }
                }
            }
            lost += Math.toIntExact(want.length + threads - count(connection, "SELECT COUNT(*) FROM lead"));
        }
        return new Judgement(
                lost, torn, rows.values().stream().mapToLong(Integer::intValue).sum());
    }

    private static long count(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getLong(1);
        }
    }
}
