package org.paceline.daemon.donotcall;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.csv.CsvException;
import org.paceline.daemon.csv.CsvList;
import org.paceline.daemon.csv.ImportProgress;
import org.paceline.daemon.csv.ImportReport;
import org.paceline.daemon.csv.ListFormat;
import org.paceline.daemon.csv.RejectedRows;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.StorableText;
import org.paceline.dialer.campaign.CampaignId;
import org.paceline.rules.NumberPlan;

/**
 * Imports a do-not-call file: a column of numbers, if there are any a {@code campaign} of the configuration (empty for all), a {@code source}
 * (else the order's) and {@code until} or {@code expires}: an instant such as {@code 2027-01-31T00:00:00Z}, or a date,
 * which is included, in the given zone; empty for never.
 *
 * <p>Numbers with the same campaign, source and expiry are one list. The file is read whole, then written in one transaction.
 *
 * <p>Thread: the caller's, one import at a time; several may run on several threads.
 */
public final class DoNotCallImport {
    private static final int ROWS_BETWEEN_NEWS = 10_000;
    private static final int MOST_LISTS = 100_000;
    /** Characters of a source. */
    public static final int LONGEST_SOURCE = 500;

    private static final int LONGEST_SHOWN = 40;

    private final Database database;
    private final NumberPlan numbers;
    private final LongSupplier epochMillis;

    public DoNotCallImport(Database database, NumberPlan numbers, LongSupplier epochMillis) {
        this.database = database;
        this.numbers = numbers;
        this.epochMillis = epochMillis;
    }

    /**
     * What is imported.
     *
     * @param format what the user says of the file
     * @param zone that dates without a time are in
     * @param campaigns the names that a row may give
     * @param source what entries of rows without a source name, or null for the file's name
     * @param replace whether the numbers of the file's sources that it does not have go
     * @param rejected where rejected rows are told; written only when there are any
     */
    public record Order(
            Path file,
            ListFormat format,
            ZoneId zone,
            Set<CampaignId> campaigns,
            @Nullable String source,
            boolean replace,
            Path rejected) {
        public Order {
            campaigns = Set.copyOf(campaigns);
        }
    }

    /**
     * What became of the file.
     *
     * @param removed numbers that went, because the file replaced its sources
     */
    public record Result(ImportReport report, long removed) {}

    /**
     * Reads the whole file and puts it on the list.
     *
     * @return {@code added} counts the numbers that are new in their list
     * @throws CsvException when the file cannot be read, has no phone column or ends in the middle of a quote, or would
     *     replace everything by nothing; nothing is imported then
     * @throws SQLException when the database fails; nothing is imported then. Jdbi's unchecked exceptions too
     */
    public Result run(Order order, ImportProgress progress) throws CsvException, SQLException {
        requireRegion(order.format.region());
        try (CsvList list = CsvList.open(order.file, order.format);
                RejectedRows rejected = new RejectedRows(order.rejected)) {
            Run run = new Run(order, list, rejected);
            for (CSVRecord row = list.nextRow(); row != null; row = list.nextRow()) {
                run.take(row);
                if (list.rows() % ROWS_BETWEEN_NEWS == 0) {
                    progress.at(list.rows(), list.bytesRead(), list.totalBytes());
                }
            }
            if (order.replace && run.lists.isEmpty()) {
                throw new CsvException(order.file + " has no usable number, so it replaces nothing");
            }
            run.lists.values().forEach(NumberCollector::settle);
            Run.Written written = database.write(handle -> run.write(handle.getConnection()));
            database.sync();
            progress.at(list.rows(), list.totalBytes(), list.totalBytes());
            long usable = list.rows() - rejected.count();
            return new Result(
                    new ImportReport(
                            list.rows(),
                            written.added,
                            usable - written.distinct,
                            written.distinct - written.added,
                            rejected.count(),
                            list.encoding(),
                            rejected.fileIfAny()),
                    written.removed);
        }
    }

    private void requireRegion(@Nullable String region) throws CsvException {
        if (region != null && !numbers.isRegion(region)) {
            throw new CsvException("default region " + region + " is unknown: use a code such as US");
        }
    }

    /** One import under way. */
    private final class Run {
        final Order order;
        final CsvList list;
        final RejectedRows rejected;
        final int phoneColumn;
        final int campaignColumn;
        final int sourceColumn;
        final int untilColumn;
        final long now = epochMillis.getAsLong();
        final String usualSource;
        final Map<ListTable.Terms, NumberCollector> lists = new LinkedHashMap<>();

        Run(Order order, CsvList list, RejectedRows rejected) throws CsvException {
            this.order = order;
            this.list = list;
            this.rejected = rejected;
            this.usualSource = order.source == null ? "file:" + order.file.getFileName() : order.source;
            this.phoneColumn = list.phoneColumn();
            this.campaignColumn = list.indexOf("campaign");
            this.sourceColumn = list.indexOf("source");
            this.untilColumn = list.indexOf("until");
        }

        void take(CSVRecord row) throws CsvException {
            String text = CsvList.value(row, phoneColumn);
            long possible = numbers.plain(text, order.format.region());
            if (possible > 0) {
                takeNumber(row, text, possible);
                return;
            }
            switch (numbers.parse(text, order.format.region())) {
                case NumberPlan.Parsed.Rejected(var reason) -> rejected.add(list.line(), text, reason);
                case NumberPlan.Parsed.Valid(var number) -> takeNumber(row, text, number.e164());
            }
        }

        private void takeNumber(CSVRecord row, String text, long e164) throws CsvException {
            String campaign = CsvList.value(row, campaignColumn);
            String source = CsvList.value(row, sourceColumn);
            String untilText = CsvList.value(row, untilColumn);
            long until = until(untilText);
            String fault = fault(campaign, source, untilText, until);
            if (fault != null) {
                rejected.add(list.line(), text, fault);
            } else {
                listOf(new ListTable.Terms(source.isEmpty() ? usualSource : source, campaign, until))
                        .add(e164);
            }
        }

        private NumberCollector listOf(ListTable.Terms terms) throws CsvException {
            NumberCollector known = lists.get(terms);
            if (known == null) {
                if (lists.size() == MOST_LISTS) {
                    throw new CsvException(order.file + " line " + list.line() + ": more than " + MOST_LISTS
                            + " different combinations of campaign, source and expiry; give dates instead of instants");
                }
                known = new NumberCollector();
                lists.put(terms, known);
            }
            return known;
        }

        /** @return 0 where the text is no time */
        private long until(String text) {
            if (text.isEmpty()) {
                return Long.MAX_VALUE;
            }
            try {
                return text.indexOf('T') > 0
                        ? Instant.parse(text).toEpochMilli()
                        : LocalDate.parse(text)
                                .plusDays(1)
                                .atStartOfDay(order.zone)
                                .toInstant()
                                .toEpochMilli();
            } catch (DateTimeException | ArithmeticException e) {
                return 0;
            }
        }

        private @Nullable String fault(String campaign, String source, String untilText, long until) {
            if (until == 0) {
                return "expiry " + untilText + " is neither a date such as 2027-01-31 nor an instant such as"
                        + " 2027-01-31T00:00:00Z";
            }
            if (!campaign.isEmpty() && !order.campaigns.contains(new CampaignId(campaign))) {
                return "no campaign '" + StorableText.of(campaign, LONGEST_SHOWN) + "' in the configuration; there: "
                        + order.campaigns.stream()
                                .map(CampaignId::value)
                                .sorted()
                                .toList();
            }
            if (source.length() > LONGEST_SOURCE) {
                return "the source is longer than " + LONGEST_SOURCE + " characters";
            }
            if (source.indexOf('\0') >= 0) {
                return "the source has a NUL character";
            }
            return null;
        }

        record Written(long distinct, long added, long removed) {}

        Written write(Connection connection) throws SQLException {
            long version = ListTable.nextVersion(connection);
            long distinct = 0;
            long added = 0;
            long removed = 0;
            for (Map.Entry<ListTable.Terms, NumberCollector> entry : lists.entrySet()) {
                ListTable.Change change =
                        ListTable.put(connection, entry.getKey(), entry.getValue(), order.replace, now, version);
                distinct += entry.getValue().size();
                added += change.added();
                removed += change.removed();
            }
            if (order.replace) {
                Set<String> sources = new HashSet<>();
                lists.keySet().forEach(terms -> sources.add(terms.source()));
                for (String source : sources) {
                    removed += ListTable.removeOthers(connection, source, lists.keySet());
                }
            }
            if (removed > 0) {
                DoNotCallRemoval.offerAll(connection);
            }
            return new Written(distinct, added, removed);
        }
    }
}
