package org.paceline.daemon.donotcall;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.commons.csv.CSVRecord;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.csv.CsvException;
import org.paceline.daemon.csv.CsvList;
import org.paceline.daemon.csv.ImportProgress;
import org.paceline.daemon.csv.ImportReport;
import org.paceline.daemon.csv.ListFormat;
import org.paceline.daemon.csv.RejectedRows;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.leads.RefusedLeads;
import org.paceline.dialer.id.CampaignId;
import org.paceline.rules.NumberPlan;

/**
 * Imports a do-not-call file: a column of numbers, if there are any a {@code campaign} of the configuration (empty for
 * all), a {@code source} (else the order's) and {@code until} or {@code expires}: an instant such as {@code
 * 2027-01-31T00:00:00Z}, or a date, which is included, in the given zone; empty for never. A row holds back as much as
 * it can: every number that it may mean, without an end where the date cannot be read, and for every campaign where its
 * own does not exist.
 *
 * <p>Numbers with the same campaign, source and expiry are one list. The file is read whole, then written in one
 * transaction.
 *
 * <p>Thread: the caller's, one import at a time; several may run on several threads.
 */
public final class DoNotCallImport {
    private static final int ROWS_BETWEEN_NEWS = 10_000;
    /** The most characters of a source. */
    public static final int LONGEST_SOURCE = 500;

    private final Database database;
    private final NumberPlan numbers;
    private final LongSupplier epochMillis;

    public DoNotCallImport(Database database, NumberPlan numbers, LongSupplier epochMillis) {
        this.database = database;
        this.numbers = numbers;
        this.epochMillis = epochMillis;
    }

    /**
     * The order for an import.
     *
     * @param format the user's facts about the file
     * @param zone the zone of dates without one
     * @param campaigns the names that a row may give
     * @param source the source of rows that name none, or null for the file's name
     * @param replace whether numbers of the file's sources that are not in the file are removed
     * @param lenient whether they are removed even where not every row was understood
     * @param rejected the file of rejected rows; written only when there are any
     */
    public record Order(
            Path file,
            ListFormat format,
            ZoneId zone,
            Set<CampaignId> campaigns,
            @Nullable String source,
            boolean replace,
            boolean lenient,
            Path rejected) {
        public Order {
            campaigns = Set.copyOf(campaigns);
        }

        /** Makes an order that removes nothing unless every row was understood. */
        public Order(
                Path file,
                ListFormat format,
                ZoneId zone,
                Set<CampaignId> campaigns,
                @Nullable String source,
                boolean replace,
                Path rejected) {
            this(file, format, zone, campaigns, source, replace, false, rejected);
        }
    }

    /**
     * The result of an import.
     *
     * @param report its duplicates and known numbers count all numbers that the rows hold back; a row may have several
     * @param doubtful rows that hold numbers back for longer or for more campaigns than they say, because they were not
     * understood completely
     * @param removed numbers that were removed, because the file replaced its sources
     * @param kept whether numbers were kept that the file was to replace, because it was not understood completely
     */
    public record Result(ImportReport report, long doubtful, long removed, boolean kept) {}

    /**
     * Reads the whole file and puts it on the list.
     *
     * @return {@code added} counts the numbers that are new in their list
     * @throws CsvException when the file cannot be read, has no phone column or ends in the middle of a quote, or would
     *     replace everything by nothing; nothing is imported then
     * @throws SQLException when the database fails; nothing is imported then. Jdbi's unchecked exceptions too
     */
    public Result run(Order order, ImportProgress progress) throws CsvException, SQLException {
        order.format.refuseUnknownRegion(numbers);
        try (CsvList list = CsvList.open(order.file, order.format);
                RejectedRows rejected = new RejectedRows(order.rejected)) {
            DoNotCallRows rows = new DoNotCallRows(order, numbers, list, rejected);
            for (CSVRecord row = list.nextRow(); row != null; row = list.nextRow()) {
                rows.take(row);
                if (list.rows() % ROWS_BETWEEN_NEWS == 0) {
                    progress.at(list.rows(), list.bytesRead(), list.totalBytes());
                }
            }
            boolean understood = rows.rejected() + rows.doubtful() == 0;
            if (order.replace && rows.lists().isEmpty()) {
                throw new CsvException(order.file + " has no usable number, so it replaces nothing");
            }
            rows.lists().values().forEach(NumberCollector::settle);
            boolean replaces = order.replace && (understood || order.lenient);
            Written written = database.write(handle -> write(handle, rows.lists(), replaces));
            database.sync();
            progress.at(list.rows(), list.totalBytes(), list.totalBytes());
            return new Result(
                    new ImportReport(
                            list.rows(),
                            written.added,
                            rows.taken() - written.distinct,
                            written.distinct - written.added,
                            rows.rejected(),
                            list.encoding(),
                            rejected.fileIfAny()),
                    rows.doubtful(),
                    written.removed,
                    order.replace && !replaces);
        }
    }

    private record Written(long distinct, long added, long removed) {}

    private Written write(Handle handle, Map<ListTable.Terms, NumberCollector> lists, boolean replace)
            throws SQLException {
        Connection connection = handle.getConnection();
        long now = epochMillis.getAsLong();
        long version = ListTable.nextVersion(connection);
        long distinct = 0;
        long added = 0;
        long removed = 0;
        for (Map.Entry<ListTable.Terms, NumberCollector> entry : lists.entrySet()) {
            ListTable.Change change =
                    ListTable.put(connection, entry.getKey(), entry.getValue(), replace, now, version);
            distinct += entry.getValue().size();
            added += change.added();
            removed += change.removed();
        }
        if (replace) {
            Set<String> sources = new HashSet<>();
            lists.keySet().forEach(terms -> sources.add(terms.source()));
            for (String source : sources) {
                removed += ListTable.removeOthers(connection, source, lists.keySet());
            }
        }
        if (removed > 0) {
            RefusedLeads.offerAllListed(handle);
        }
        return new Written(distinct, added, removed);
    }
}
