package org.paceline.daemon.leads;

import static org.paceline.daemon.database.SqlWords.word;

import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.csv.BatchWriter;
import org.paceline.daemon.csv.CsvException;
import org.paceline.daemon.csv.CsvList;
import org.paceline.daemon.csv.ImportProgress;
import org.paceline.daemon.csv.ImportReport;
import org.paceline.daemon.csv.ListFormat;
import org.paceline.daemon.csv.NumberSet;
import org.paceline.daemon.csv.RejectedRows;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.id.CampaignId;
import org.paceline.rules.NumberPlan;

/**
 * Imports a lead file into a campaign: a column of numbers, if there are any a {@code name}, a {@code priority} (whole
 * number, lower first), a {@code country} of numbers in national notation ({@link
 * org.paceline.daemon.csv.CountryColumn}), a {@code grade}, a {@code segment}, a {@code consent} (an instant, or a
 * date, whose day begins in UTC) and a {@code kind} ({@code new} or {@code follow-up}); every other column is kept with
 * the lead. A campaign has each number once, so an import that was interrupted can simply be repeated.
 *
 * <p>Its statement is plain JDBC: the columns of hundreds of rows are passed as arrays, which makes a million rows
 * quick.
 *
 * <p>Thread: the caller's, one import at a time; several may run on several threads.
 */
public final class LeadImport {
    /**
     * Rows of a transaction. A larger one dirties more pages than H2 keeps: H2 then writes them before the commit and
     * again after it.
     */
    private static final int BATCH = 500;

    /** Rows of a statement. The more rows a statement has, the longer H2 takes for each. */
    private static final int ROWS_OF_STATEMENT = 250;

    private static final String INSERT = "INSERT INTO lead (campaign, e164, region, name, extra, priority, grade,"
            + " grade_key, segment, consent_at, kind, status, not_before, attempts, imported_from, imported_at)"
            + " SELECT ?, t.e164, t.region, t.name, t.extra, t.priority, t.grade, COALESCE(t.grade, ''), t.segment,"
            + " t.consent_at, t.kind, " + word(LeadStatus.NEW) + ", 0, 0, ?, ?"
            + " FROM UNNEST(CAST(? AS BIGINT ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY),"
            + " CAST(? AS VARCHAR ARRAY), CAST(? AS INTEGER ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY),"
            + " CAST(? AS BIGINT ARRAY), CAST(? AS VARCHAR ARRAY))"
            + " AS t(e164, region, name, extra, priority, grade, segment, consent_at, kind)"
            + " ON CONFLICT DO NOTHING";

    private final Database database;
    private final NumberPlan numbers;
    private final LongSupplier epochMillis;

    public LeadImport(Database database, NumberPlan numbers, LongSupplier epochMillis) {
        this.database = database;
        this.numbers = numbers;
        this.epochMillis = epochMillis;
    }

    /**
     * The order for an import.
     *
     * @param format the user's facts about the file
     * @param rejected the file of rejected rows; written only when there are any
     */
    public record Order(Path file, CampaignId campaign, ListFormat format, Path rejected) {}

    /**
     * Reads the whole file.
     *
     * @throws CsvException when the file cannot be read, has no phone column or ends in the middle of a quote; rows before
     *     that are imported
     * @throws SQLException when the database fails; whole batches before that are imported. Jdbi's unchecked exceptions too
     */
    public ImportReport run(Order order, ImportProgress progress) throws CsvException, SQLException {
        order.format.refuseUnknownRegion(numbers);
        AtomicLong added = new AtomicLong();
        NumberSet seen = new NumberSet();
        long usable = 0;
        try (CsvList list = CsvList.open(order.file, order.format);
                RejectedRows rejected = new RejectedRows(order.rejected);
                BatchWriter<NewLead> writer = new BatchWriter<>(BATCH, batch -> added.addAndGet(write(order, batch)))) {
            LeadRows rows = new LeadRows(order, numbers, list, rejected);
            long written = 0;
            try {
                for (CSVRecord row = list.nextRow(); row != null; row = list.nextRow()) {
                    NewLead lead = rows.read(row);
                    if (lead == null) {
                        continue;
                    }
                    usable++;
                    if (seen.add(lead.number().e164()) && writer.add(lead)) {
                        progress.at(written, list.bytesRead(), list.totalBytes());
                        written = list.rows();
                    }
                }
            } finally {
                writer.finish();
            }
            progress.at(list.rows(), list.totalBytes(), list.totalBytes());
            return new ImportReport(
                    list.rows(),
                    added.get(),
                    usable - seen.size(),
                    seen.size() - added.get(),
                    rejected.count(),
                    list.encoding(),
                    rejected.fileIfAny());
        }
    }

    private int write(Order order, List<NewLead> batch) throws SQLException {
        return database.write(handle -> {
            int inserted = 0;
            for (int from = 0; from < batch.size(); from += ROWS_OF_STATEMENT) {
                int to = Math.min(batch.size(), from + ROWS_OF_STATEMENT);
                inserted += insert(handle.getConnection(), order, batch.subList(from, to));
            }
            return inserted;
        });
    }

    private int insert(Connection connection, Order order, List<NewLead> batch) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, order.campaign.value());
            insert.setString(2, order.file.getFileName().toString());
            insert.setLong(3, epochMillis.getAsLong());
            insert.setArray(
                    4, array(connection, "bigint", batch, lead -> lead.number().e164()));
            insert.setArray(
                    5, array(connection, "varchar", batch, lead -> lead.number().region()));
            insert.setArray(6, array(connection, "varchar", batch, NewLead::name));
            insert.setArray(7, array(connection, "varchar", batch, NewLead::extra));
            insert.setArray(8, array(connection, "integer", batch, NewLead::priority));
            insert.setArray(9, array(connection, "varchar", batch, NewLead::grade));
            insert.setArray(10, array(connection, "varchar", batch, NewLead::segment));
            insert.setArray(11, array(connection, "bigint", batch, NewLead::consentAt));
            insert.setArray(
                    12, array(connection, "varchar", batch, lead -> lead.kind().name()));
            return insert.executeUpdate();
        }
    }

    private static Array array(
            Connection connection, String type, List<NewLead> batch, Function<NewLead, @Nullable Object> column)
            throws SQLException {
        @Nullable Object[] values = new @Nullable Object[batch.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(batch.get(i));
        }
        return connection.createArrayOf(type, values);
    }
}
