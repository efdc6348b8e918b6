package org.paceline.daemon.attempts;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.budget.BudgetTable;
import org.paceline.daemon.budget.HolderMonth;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.Durability;
import org.paceline.daemon.database.InList;
import org.paceline.daemon.database.LineLog;
import org.paceline.dialer.budget.Reservation;
import org.paceline.dialer.call.Attempt;

/**
 * A second copy of the last attempts beside a PostgreSQL database, in a file of this node, written before they are
 * dialled. A server that takes over from another may lack that one's last commits (ADR 17); what those commits stored is
 * put back from here before anything is dialled.
 *
 * <p>One line for each attempt, and one more where it was not sent, in two files of at most {@value #MOST_BYTES} bytes.
 *
 * <p>Thread: one at a time; {@code dialer-journal} once it runs.
 */
public final class AttemptLog implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 20;
    private static final int VALUES = 12;
    private static final int CHUNK = 1_000;
    private static final String KNOWN = "SELECT call_id FROM attempt WHERE call_id IN (<calls>)";
    private static final String KNOWN_AS_NOT_SENT = "SELECT call_id FROM not_sent WHERE call_id IN (<calls>)";
    private static final String ADD = SqlAttemptJournal.INSERT + " ON CONFLICT DO NOTHING";
    private static final String ADD_CALLEE = "INSERT INTO callee (e164) VALUES (?) ON CONFLICT DO NOTHING";

    private final @Nullable LineLog log;

    private record Line(
            long call,
            long lead,
            String campaign,
            long e164,
            long run,
            String trunk,
            long callerId,
            String agent,
            long plannedAt,
            String budgetHolder,
            int budgetMonth,
            long reservedMicros) {

        static Line of(Attempt attempt, long run) {
            Reservation reservation = attempt.reservation();
            return new Line(
                    attempt.call().value(),
                    attempt.lead().value(),
                    attempt.order().campaign().value(),
                    attempt.order().number().e164(),
                    run,
                    attempt.order().trunk().value(),
                    attempt.order().callerId(),
                    attempt.chargedTo() == null ? "" : attempt.chargedTo().value(),
                    attempt.plannedAt().epochMillis(),
                    reservation == null ? "" : reservation.holder(),
                    reservation == null ? 0 : reservation.month(),
                    reservation == null ? 0 : reservation.micros());
        }

        static Line parse(String[] part) {
            return new Line(
                    Long.parseLong(part[0]),
                    Long.parseLong(part[1]),
                    part[2],
                    Long.parseLong(part[3]),
                    Long.parseLong(part[4]),
                    part[5],
                    Long.parseLong(part[6]),
                    part[7],
                    Long.parseLong(part[8]),
                    part[9],
                    Integer.parseInt(part[10]),
                    Long.parseLong(part[11]));
        }

        /** Returns the line of an attempt taken back, which is marked by an empty trunk. */
        Line takenBack() {
            return new Line(
                    call,
                    lead,
                    campaign,
                    e164,
                    run,
                    "",
                    callerId,
                    agent,
                    plannedAt,
                    budgetHolder,
                    budgetMonth,
                    reservedMicros);
        }

        boolean isTakenBack() {
            return trunk.isEmpty();
        }

        List<Object> values() {
            return List.of(
                    call,
                    lead,
                    campaign,
                    e164,
                    run,
                    trunk,
                    callerId,
                    agent,
                    plannedAt,
                    budgetHolder,
                    budgetMonth,
                    reservedMicros);
        }
    }

    /** @param file the file; the former one is beside it, with {@code .1} */
    public AttemptLog(Path file, Durability durability) throws IOException {
        this.log = new LineLog("attempt log", file, MOST_BYTES, durability);
    }

    private AttemptLog() {
        this.log = null;
    }

    /** Returns a log that keeps nothing, for a database that has a redo log. */
    public static AttemptLog none() {
        return new AttemptLog();
    }

    /** Writes attempts that are about to be dialled. */
    public void append(List<Attempt> attempts, long run) throws IOException {
        if (log == null) {
            return;
        }
        List<List<Object>> lines = new ArrayList<>(attempts.size());
        attempts.forEach(attempt -> lines.add(Line.of(attempt, run).values()));
        log.append(lines);
    }

    /** Writes that attempts were not sent, so that they are not put back. */
    public void takeBack(List<Attempt> attempts, long run) throws IOException {
        if (log == null) {
            return;
        }
        List<List<Object>> lines = new ArrayList<>(attempts.size());
        attempts.forEach(attempt -> lines.add(Line.of(attempt, run).takenBack().values()));
        log.append(lines);
    }

    /** Returns the highest run that wrote a line, 0 for none: a later run has a higher number. */
    public long highestRun() throws IOException {
        return read().stream().mapToLong(Line::run).max().orElse(0);
    }

    /**
     * Puts back what the database lost, as attempts in flight of this node; recovery then ends them.
     *
     * @return how many it had lost
     */
    public int putBack(Database database, String node) throws IOException, SQLException {
        List<Line> lines = read();
        return lines.isEmpty() ? 0 : database.write(handle -> putBack(handle, node, lines));
    }

    /** Puts back what the database lost, within a transaction. */
    public int putBack(Handle handle, String node) throws IOException, SQLException {
        List<Line> lines = read();
        return lines.isEmpty() ? 0 : putBack(handle, node, lines);
    }

    private static int putBack(Handle handle, String node, List<Line> lines) throws SQLException {
        Connection connection = handle.getConnection();
        Set<Long> known = new HashSet<>();
        for (int from = 0; from < lines.size(); from += CHUNK) {
            readKnown(handle, lines.subList(from, Math.min(lines.size(), from + CHUNK)), known);
        }
        int lost = 0;
        try (PreparedStatement callee = connection.prepareStatement(ADD_CALLEE);
                PreparedStatement add = connection.prepareStatement(ADD)) {
            for (Line line : lines) {
                if (known.add(line.call)) {
                    callee.setLong(1, line.e164);
                    callee.executeUpdate();
                    bind(add, line, node);
                    // Another thread of this process may put it back at the same time.
                    if (add.executeUpdate() == 1) {
                        reserve(handle, line);
                        lost++;
                    }
                }
            }
        }
        if (lost > 0) {
            CapHolders.forgetAll(connection);
        }
        return lost;
    }

    private static void readKnown(Handle handle, List<Line> lines, Set<Long> known) {
        List<Long> calls = InList.padded(lines.stream().map(Line::call).toList());
        for (String statement : List.of(KNOWN, KNOWN_AS_NOT_SENT)) {
            known.addAll(handle.createQuery(statement)
                    .bindList("calls", calls)
                    .mapTo(Long.class)
                    .list());
        }
    }

    private static void bind(PreparedStatement add, Line line, String node) throws SQLException {
        add.setLong(1, line.call);
        add.setLong(2, line.lead);
        add.setString(3, line.campaign);
        add.setLong(4, line.e164);
        add.setString(5, node);
        add.setLong(6, line.run);
        add.setString(7, line.trunk);
        add.setLong(8, line.callerId);
        if (line.agent.isEmpty()) {
            add.setNull(9, Types.VARCHAR);
        } else {
            add.setString(9, line.agent);
        }
        add.setLong(10, line.plannedAt);
        SqlAttemptJournal.bind(add, line.budgetHolder, line.budgetMonth, line.reservedMicros);
    }

    /** Reserves the money again that the lost transaction had reserved. */
    private static void reserve(Handle handle, Line line) throws SQLException {
        if (!line.budgetHolder.isEmpty()) {
            SortedMap<HolderMonth, Long> micros = new TreeMap<>();
            micros.put(new HolderMonth(line.budgetHolder, line.budgetMonth), line.reservedMicros);
            BudgetTable.reserve(handle, micros, line.run);
        }
    }

    private List<Line> read() throws IOException {
        if (log == null) {
            return List.of();
        }
        List<Line> lines = log.read(VALUES, Line::parse);
        Set<Long> takenBack = new HashSet<>();
        lines.stream().filter(Line::isTakenBack).forEach(line -> takenBack.add(line.call));
        return lines.stream().filter(line -> !takenBack.contains(line.call)).toList();
    }

    @Override
    public void close() throws IOException {
        if (log != null) {
            log.close();
        }
    }
}
