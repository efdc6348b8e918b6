package org.paceline.bench.storage;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.paceline.daemon.database.Database;

/**
 * Threads that write until they are stopped or killed. Each transaction counts attempts up in one to five leads of the
 * thread's own and in the thread's ledger, which is a lead too, and adds an attempt for each; now and then it deletes the
 * attempt that it added before, and notes that in the lead's priority. So at any time a lead's attempts are its rows in
 * {@code attempt} and its priority, and a ledger's attempts are those of its thread's leads.
 *
 * <p>Thread: {@link #start} and {@link #stop} one thread; the figures any.
 */
final class Workload {
    /** Ids of ledgers begin here. */
    static final int FIRST_LEDGER = 1_000_000;

    private static final int MOST_LEADS = 5;
    private static final int DELETE_EVERY = 50;
    private static final int CHILD_BITS = 40;
    private static final int THREAD_BITS = 32;
    private static final String COUNT = "UPDATE lead SET attempts = attempts + ?, status = ? WHERE id = ?";
    private static final String ADD = "INSERT INTO attempt (call_id, lead_id, campaign, e164, node, run, trunk,"
            + " caller_id, planned_at, outcome) VALUES (?, ?, 'spring', ?, 'bench', 1, 'carrier', 12025550100, ?,"
            + " 'CONNECTED')";
    private static final String ASK = "SELECT attempts FROM lead WHERE id = ?";
    private static final String DELETE = "DELETE FROM attempt WHERE call_id = ?";
    private static final String NOTE_DELETED = "UPDATE lead SET priority = priority + 1 WHERE id = ?";

    private final Database database;
    private final ToldLog told;
    private final StorageSettings settings;
    private final long child;
    private final Consumer<Exception> failed;
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong attempts = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /**
     * @param child a number for this process, which no process that wrote into the database before had
     * @param failed takes the first failure of each thread, which ends it
     */
    Workload(Database database, ToldLog told, StorageSettings settings, long child, Consumer<Exception> failed) {
        this.database = database;
        this.told = told;
        this.settings = settings;
        this.child = child;
        this.failed = failed;
    }

    void start() {
        for (int i = 0; i < settings.threads(); i++) {
            int thread = i;
            threads.add(Thread.ofPlatform().name("writer-" + thread).start(() -> run(thread)));
        }
    }

    /** Transactions that the database has committed. */
    long commits() {
        return commits.get();
    }

    /** Attempts that they added. */
    long attempts() {
        return attempts.get();
    }

    /** Lets each thread end its transaction. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void run(int thread) {
        SplittableRandom random = new SplittableRandom(settings.seed() ^ child << CHILD_BITS ^ thread);
        long call = child << CHILD_BITS | (long) thread << THREAD_BITS;
        int lastLead = -1;
        try {
            while (!stopped) {
                int[] leads = leads(thread, random);
                String status = random.nextBoolean() ? "LEASED" : "DONE";
                int deleteOf = random.nextInt(DELETE_EVERY) == 0 ? lastLead : -1;
                long first = call;
                int[] now =
                        database.write(handle -> write(handle.getConnection(), thread, leads, status, first, deleteOf));
                call += leads.length;
                lastLead = leads[leads.length - 1];
                told.committed(leads, now);
                commits.incrementAndGet();
                attempts.addAndGet(leads.length);
            }
        } catch (SQLException | IOException | RuntimeException e) {
            failed.accept(e);
        }
    }

    private int[] leads(int thread, SplittableRandom random) {
        TreeSet<Integer> leads = new TreeSet<>();
        int own = settings.leads() / settings.threads();
        int count = 1 + random.nextInt(Math.min(MOST_LEADS, own));
        while (leads.size() < count) {
            leads.add(random.nextInt(own) * settings.threads() + thread);
        }
        return leads.stream().mapToInt(Integer::intValue).toArray();
    }

    /** @return each lead's attempts after this transaction */
    private static int[] write(
            Connection connection, int thread, int[] leads, String status, long firstCall, int deleteOf)
            throws SQLException {
        int[] now = new int[leads.length];
        try (PreparedStatement count = connection.prepareStatement(COUNT);
                PreparedStatement add = connection.prepareStatement(ADD);
                PreparedStatement ask = connection.prepareStatement(ASK)) {
            count(count, leads.length, status, FIRST_LEDGER + thread);
            for (int i = 0; i < leads.length; i++) {
                count(count, 1, status, leads[i]);
                add.setLong(1, firstCall + i);
                add.setLong(2, leads[i]);
                add.setLong(3, Leads.number(leads[i]));
                add.setLong(4, firstCall + i);
                add.executeUpdate();
                ask.setLong(1, leads[i]);
                try (ResultSet row = ask.executeQuery()) {
                    row.next();
                    now[i] = row.getInt(1);
                }
            }
        }
        if (deleteOf >= 0) {
            delete(connection, firstCall - 1, deleteOf);
        }
        return now;
    }

    private static void count(PreparedStatement count, int by, String status, int lead) throws SQLException {
        count.setInt(1, by);
        count.setString(2, status);
        count.setLong(3, lead);
        count.executeUpdate();
    }

    private static void delete(Connection connection, long call, int lead) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE);
                PreparedStatement note = connection.prepareStatement(NOTE_DELETED)) {
            delete.setLong(1, call);
            note.setLong(1, lead);
            if (delete.executeUpdate() != note.executeUpdate()) {
                throw new SQLException("attempt " + call + " of lead " + lead + " was not there");
            }
        }
    }
}
