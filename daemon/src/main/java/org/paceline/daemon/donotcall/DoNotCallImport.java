package org.paceline.daemon.donotcall;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.csv.CsvException;
import org.paceline.daemon.csv.CsvList;
import org.paceline.daemon.csv.ImportProgress;
import org.paceline.daemon.csv.ImportReport;
import org.paceline.daemon.csv.NumberSet;
import org.paceline.daemon.csv.RejectedRows;
import org.paceline.daemon.database.StorableText;
import org.paceline.dialer.campaign.CampaignId;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.OptOut;

/**
 * Imports a do-not-call file: a column of numbers, if there are any a {@code campaign} of the configuration (empty for all), a {@code source}
 * (else the file's name) and {@code until} or {@code expires}: an instant such as {@code 2027-01-31T00:00:00Z}, or a date,
 * which is included, in the given zone; empty for never.
 *
 * <p>Thread: the caller's, one import at a time; several may run on several threads.
 */
public final class DoNotCallImport {
    private static final int BATCH = 1_000;
    private static final int LONGEST_SOURCE = 500;
    private static final int LONGEST_SHOWN = 40;

    private final DoNotCallTable table;
    private final NumberPlan numbers;
    private final LongSupplier epochMillis;

    public DoNotCallImport(DoNotCallTable table, NumberPlan numbers, LongSupplier epochMillis) {
        this.table = table;
        this.numbers = numbers;
        this.epochMillis = epochMillis;
    }

    /**
     * What is imported.
     *
     * @param phoneColumn header of the column of numbers, or null to find it
     * @param defaultRegion country of numbers in national notation (ISO 3166-1 alpha-2), or null
     * @param zone that dates without a time are in
     * @param campaigns the names that a row may give
     * @param rejected where rejected rows are told; written only when there are any
     */
    public record Order(
            Path file,
            @Nullable String phoneColumn,
            @Nullable String defaultRegion,
            ZoneId zone,
            Set<CampaignId> campaigns,
            Path rejected) {
        public Order {
            campaigns = Set.copyOf(campaigns);
        }
    }

    /**
     * Reads the whole file.
     *
     * @return {@code added} counts entries that are new or last longer now
     * @throws CsvException when the file cannot be read, has no phone column or ends in the middle of a quote; rows before
     *     that are imported
     * @throws SQLException when the database fails; whole batches before that are imported. Jdbi's unchecked exceptions too
     */
    public ImportReport run(Order order, ImportProgress progress) throws CsvException, SQLException {
        if (order.defaultRegion != null && !numbers.isRegion(order.defaultRegion)) {
            throw new CsvException("default region " + order.defaultRegion + " is unknown: use a code such as US");
        }
        try (CsvList list = CsvList.open(order.file, order.phoneColumn);
                RejectedRows rejected = new RejectedRows(order.rejected)) {
            Run run = new Run(order, list, rejected);
            CSVRecord row = list.nextRow();
            while (row != null) {
                run.take(row);
                if (run.batch.size() == BATCH) {
                    run.flush();
                    progress.at(list.rows(), list.bytesRead(), list.totalBytes());
                }
                row = list.nextRow();
            }
            run.flush();
            progress.at(list.rows(), list.totalBytes(), list.totalBytes());
            return new ImportReport(
                    list.rows(), run.added, run.duplicates, run.known, rejected.count(), rejected.fileIfAny());
        }
    }

    /** One import under way. */
    private final class Run {
        final Order order;
        final CsvList list;
        final RejectedRows rejected;
        final int campaignColumn;
        final int sourceColumn;
        final int untilColumn;
        final long now = epochMillis.getAsLong();
        final NumberSet seenForAll = new NumberSet();
        final Set<Covered> seenForOne = new HashSet<>();
        final List<DoNotCallEntry> batch = new ArrayList<>(BATCH);
        long added;
        long duplicates;
        long known;

        Run(Order order, CsvList list, RejectedRows rejected) {
            this.order = order;
            this.list = list;
            this.rejected = rejected;
            this.campaignColumn = list.indexOf("campaign");
            this.sourceColumn = list.indexOf("source");
            this.untilColumn = list.indexOf("until") >= 0 ? list.indexOf("until") : list.indexOf("expires");
        }

        void take(CSVRecord row) throws CsvException {
            String text = CsvList.value(row, list.phoneColumn());
            switch (numbers.parse(text, order.defaultRegion)) {
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
            } else if (campaign.isEmpty() ? !seenForAll.add(e164) : !seenForOne.add(new Covered(e164, campaign))) {
                duplicates++;
            } else {
                OptOut optOut = new OptOut(
                        source.isEmpty() ? "file:" + order.file.getFileName() : source,
                        campaign.isEmpty() ? null : campaign,
                        until);
                batch.add(new DoNotCallEntry(e164, optOut, now));
            }
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

        void flush() throws SQLException {
            if (batch.isEmpty()) {
                return;
            }
            int changed = table.addAll(batch);
            added += changed;
            known += batch.size() - changed;
            batch.clear();
        }
    }

    private record Covered(long e164, String campaign) {}
}
