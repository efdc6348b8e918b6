package org.paceline.daemon.leads;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.csv.CsvException;
import org.paceline.daemon.csv.CsvList;
import org.paceline.daemon.csv.ImportProgress;
import org.paceline.daemon.csv.ImportReport;
import org.paceline.daemon.csv.NumberSet;
import org.paceline.daemon.csv.RejectedRows;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.campaign.CampaignId;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.PhoneNumber;

/**
 * Imports a lead file into a campaign: a column of numbers, if there are any a {@code name}, a {@code priority} (whole
 * number, lower first) and a {@code region} (country code for numbers in national notation); every other column is kept
 * with the lead. A number is once in a campaign, so an import that was interrupted is just repeated.
 *
 * <p>Thread: the caller's, one import at a time; several may run on several threads.
 */
public final class LeadImport {
    private static final int BATCH = 2_000;
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_EXTRA = 20_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String INSERT = "INSERT INTO lead (campaign, e164, region, name, extra, priority, status,"
            + " not_before, attempts, imported_from, imported_at)"
            + " SELECT ?, t.e164, t.region, t.name, t.extra, t.priority, 'NEW', 0, 0, ?, ?"
            + " FROM UNNEST(CAST(? AS BIGINT ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY),"
            + " CAST(? AS VARCHAR ARRAY), CAST(? AS INTEGER ARRAY)) AS t(e164, region, name, extra, priority)"
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
     * What is imported.
     *
     * @param phoneColumn header of the column of numbers, or null to find it
     * @param defaultRegion country of numbers in national notation (ISO 3166-1 alpha-2), or null
     * @param rejected where rejected rows are told; written only when there are any
     */
    public record Order(
            Path file,
            CampaignId campaign,
            @Nullable String phoneColumn,
            @Nullable String defaultRegion,
            Path rejected) {}

    /**
     * Reads the whole file.
     *
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

    /** One usable row. */
    private record NewLead(
            PhoneNumber number,
            @Nullable String name,
            @Nullable String extra,
            int priority) {}

    /** One import under way. */
    private final class Run {
        final Order order;
        final CsvList list;
        final RejectedRows rejected;
        final int nameColumn;
        final int priorityColumn;
        final int regionColumn;
        final NumberSet seen = new NumberSet();
        final List<NewLead> batch = new ArrayList<>(BATCH);
        long added;
        long duplicates;
        long known;

        Run(Order order, CsvList list, RejectedRows rejected) {
            this.order = order;
            this.list = list;
            this.rejected = rejected;
            this.nameColumn = list.indexOf("name");
            this.priorityColumn = list.indexOf("priority");
            this.regionColumn = list.indexOf("region");
        }

        void take(CSVRecord row) throws CsvException {
            String text = CsvList.value(row, list.phoneColumn());
            String region = CsvList.value(row, regionColumn);
            switch (numbers.parse(text, region.isEmpty() ? order.defaultRegion : region)) {
                case NumberPlan.Parsed.Rejected(var reason) -> rejected.add(list.line(), text, reason);
                case NumberPlan.Parsed.Valid(var number) -> takeNumber(row, text, number);
            }
        }

        private void takeNumber(CSVRecord row, String text, PhoneNumber number) throws CsvException {
            String name = CsvList.value(row, nameColumn);
            String extra = extra(row);
            String priority = CsvList.value(row, priorityColumn);
            String fault = fault(row, name, extra, priority);
            if (fault != null) {
                rejected.add(list.line(), text, fault);
            } else if (!seen.add(number.e164())) {
                duplicates++;
            } else {
                batch.add(new NewLead(
                        number,
                        name.isEmpty() ? null : name,
                        extra,
                        priority.isEmpty() ? 0 : Integer.parseInt(priority)));
            }
        }

        private @Nullable String fault(CSVRecord row, String name, @Nullable String extra, String priority) {
            if (row.size() > list.columns().size()) {
                return "has " + row.size() + " values for " + list.columns().size() + " columns";
            }
            if (name.indexOf('\0') >= 0) {
                return "the name has a NUL character";
            }
            if (name.length() > LONGEST_NAME) {
                return "the name is longer than " + LONGEST_NAME + " characters";
            }
            if (extra != null && extra.length() > LONGEST_EXTRA) {
                return "the other columns are longer than " + LONGEST_EXTRA + " characters";
            }
            if (!priority.isEmpty() && !priority.matches("[+-]?\\d{1,9}")) {
                return "priority " + priority + " is no whole number";
            }
            return null;
        }

        /** @return the other columns' values as a JSON object, or null when there are none */
        private @Nullable String extra(CSVRecord row) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(row.size(), list.columns().size()); i++) {
                boolean isOwn = i == list.phoneColumn() || i == nameColumn || i == priorityColumn || i == regionColumn;
                String value = row.get(i).strip();
                if (!isOwn && !value.isEmpty()) {
                    values.put(list.columns().get(i), value);
                }
            }
            try {
                return values.isEmpty() ? null : JSON.writeValueAsString(values);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a map of texts is always JSON", e);
            }
        }

        void flush() throws SQLException {
            if (batch.isEmpty()) {
                return;
            }
            int inserted = database.write(handle -> insert(handle.getConnection()));
            added += inserted;
            known += batch.size() - inserted;
            batch.clear();
        }

        private int insert(Connection connection) throws SQLException {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, order.campaign.value());
                insert.setString(2, order.file.getFileName().toString());
                insert.setLong(3, epochMillis.getAsLong());
                insert.setArray(4, array(connection, "bigint", lead -> lead.number.e164()));
                insert.setArray(5, array(connection, "varchar", lead -> lead.number.region()));
                insert.setArray(6, array(connection, "varchar", NewLead::name));
                insert.setArray(7, array(connection, "varchar", NewLead::extra));
                insert.setArray(8, array(connection, "integer", NewLead::priority));
                return insert.executeUpdate();
            }
        }

        private Array array(Connection connection, String type, Column column) throws SQLException {
            @Nullable Object[] values = new @Nullable Object[batch.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = column.of(batch.get(i));
            }
            return connection.createArrayOf(type, values);
        }
    }

    @FunctionalInterface
    private interface Column {
        @Nullable
        Object of(NewLead lead);
    }
}
