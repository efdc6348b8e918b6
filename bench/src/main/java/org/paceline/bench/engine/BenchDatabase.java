package org.paceline.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.paceline.bench.measure.BenchException;
import org.paceline.daemon.attempts.AttemptLog;
import org.paceline.daemon.attempts.LoggedAttemptJournal;
import org.paceline.daemon.attempts.SqlAttemptJournal;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.database.SqlWords;
import org.paceline.daemon.leads.HeldLeads;
import org.paceline.daemon.leads.LeadStatus;
import org.paceline.daemon.store.SqlStore;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.port.AttemptJournal;
import org.paceline.dialer.port.Store;

/** A new H2 database like the daemon's, in a temporary folder that is removed with it. Thread: any. */
final class BenchDatabase implements AutoCloseable {
    private static final String NODE = "bench";
    private static final int BATCH = 2_000;
    private static final String INSERT =
            "INSERT INTO lead (id, campaign, e164, region, status, lease_node, imported_at)" + " VALUES (?, ?, ?, ?, "
                    + SqlWords.word(LeadStatus.LEASED) + ", '" + NODE + "', ?)";

    private final Path folder;
    private final Database database;

    private BenchDatabase(Path folder, Database database) {
        this.folder = folder;
        this.database = database;
    }

    static BenchDatabase open() throws IOException, BenchException {
        Path folder = Files.createTempDirectory("paceline-bench");
        try {
            return new BenchDatabase(folder, Database.open(DatabaseSettings.embedded(folder.resolve("bench"))));
        } catch (DatabaseException e) {
            throw new BenchException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Inserts leads that are leased, as they are when the engine has them. */
    void add(List<Lead> leads, long epochMillis) throws SQLException {
        for (int from = 0; from < leads.size(); from += BATCH) {
            List<Lead> batch = leads.subList(from, Math.min(leads.size(), from + BATCH));
            database.write(handle -> {
                try (PreparedStatement insert = handle.getConnection().prepareStatement(INSERT)) {
                    for (Lead lead : batch) {
                        insert.setLong(1, lead.id().value());
                        insert.setString(2, lead.campaign().value());
                        insert.setLong(3, lead.number().e164());
                        insert.setString(4, lead.number().region());
                        insert.setLong(5, epochMillis);
                        insert.addBatch();
                    }
                    return insert.executeBatch().length;
                }
            });
        }
    }

    AttemptJournal journal() {
        return new LoggedAttemptJournal(new SqlAttemptJournal(database, NODE, 1), AttemptLog.none(), 1);
    }

    Store store() {
        return new SqlStore(database, NODE, new HeldLeads());
    }

    @Override
    public void close() throws IOException {
        database.close();
        List<Path> files = new ArrayList<>();
        try (Stream<Path> inside = Files.walk(folder)) {
            inside.forEach(files::addFirst); // files before the folder that they are in
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
