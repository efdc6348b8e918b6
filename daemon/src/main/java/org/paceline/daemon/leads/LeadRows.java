package org.paceline.daemon.leads;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.SupportedYears;
import org.paceline.daemon.csv.CountryColumn;
import org.paceline.daemon.csv.CsvException;
import org.paceline.daemon.csv.CsvList;
import org.paceline.daemon.csv.PhoneCells;
import org.paceline.daemon.csv.RejectedRows;
import org.paceline.daemon.csv.SwallowedRows;
import org.paceline.dialer.lead.LeadKind;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.PhoneNumber;

/** The rows of a lead file, checked. Thread: the importing one. */
final class LeadRows {
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_EXTRA = 20_000;
    private static final int LONGEST_GRADE = 20;
    private static final int LONGEST_SEGMENT = 50;
    private static final Pattern PRIORITY = Pattern.compile("[+-]?\\d{1,9}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final NumberPlan numbers;
    private final CsvList list;
    private final RejectedRows rejected;
    private final int phoneColumn;
    private final int nameColumn;
    private final int priorityColumn;
    private final PhoneCells phones;
    private final CountryColumn countries;
    private final int gradeColumn;
    private final int segmentColumn;
    private final int consentColumn;
    private final int kindColumn;
    private final Set<Integer> ownColumns;

    LeadRows(LeadImport.Order order, NumberPlan numbers, CsvList list, RejectedRows rejected) throws CsvException {
        this.numbers = numbers;
        this.list = list;
        this.rejected = rejected;
        this.phoneColumn = list.phoneColumn();
        this.nameColumn = list.indexOf("name");
        this.priorityColumn = list.indexOf("priority");
        this.phones = new PhoneCells(list, List.of(phoneColumn));
        this.countries = CountryColumn.of(list, order.format(), numbers);
        this.gradeColumn = list.indexOf("grade");
        this.segmentColumn = list.indexOf("segment");
        this.consentColumn = list.indexOf("consent");
        this.kindColumn = list.indexOf("kind");
        this.ownColumns = ownColumns(
                phoneColumn,
                nameColumn,
                priorityColumn,
                countries.index(),
                gradeColumn,
                segmentColumn,
                consentColumn,
                kindColumn);
    }

    private static Set<Integer> ownColumns(int... columns) {
        Set<Integer> own = new HashSet<>();
        for (int column : columns) {
            own.add(column);
        }
        return own;
    }

    /** @return null for a row that was rejected */
    @Nullable
    NewLead read(CSVRecord row) throws CsvException {
        List<String> cells = phones.of(row);
        String text = cells.isEmpty() ? "" : cells.getFirst();
        try {
            int swallowed = SwallowedRows.of(row, list).size();
            if (swallowed > 0) {
                throw new Fault(SwallowedRows.reason(swallowed));
            }
            return lead(row, number(text, countries.of(row)));
        } catch (Fault fault) {
            rejected.add(list.line(), text, fault.reason);
            return null;
        }
    }

    /** Reads a number. One with its country code needs no country, so a wrong country does no harm. */
    private PhoneNumber number(String text, CountryColumn.Country country) throws Fault {
        return switch (numbers.parse(text, country.region())) {
            case NumberPlan.Parsed.Valid(var number) -> number;
            case NumberPlan.Parsed.Rejected(var reason) ->
                throw new Fault(country.fault() == null ? reason : country.fault());
        };
    }

    private NewLead lead(CSVRecord row, PhoneNumber number) throws Fault {
        if (list.isTooLong(row)) {
            throw new Fault(
                    "has " + row.size() + " values for " + list.columns().size() + " columns");
        }
        return new NewLead(
                number, name(row), extra(row), priority(row), grade(row), segment(row), consent(row), kind(row));
    }

    private @Nullable String name(CSVRecord row) throws Fault {
        return text(CsvList.value(row, nameColumn), "name", LONGEST_NAME);
    }

    private @Nullable String grade(CSVRecord row) throws Fault {
        return text(CsvList.value(row, gradeColumn), "grade", LONGEST_GRADE);
    }

    private @Nullable String segment(CSVRecord row) throws Fault {
        return text(CsvList.value(row, segmentColumn), "segment", LONGEST_SEGMENT);
    }

    private static @Nullable String text(String value, String column, int longest) throws Fault {
        if (value.indexOf('\0') >= 0) {
            throw new Fault("the " + column + " has a NUL character");
        }
        if (value.length() > longest) {
            throw new Fault("the " + column + " is longer than " + longest + " characters");
        }
        return value.isEmpty() ? null : value;
    }

    private int priority(CSVRecord row) throws Fault {
        String priority = CsvList.value(row, priorityColumn);
        if (!priority.isEmpty() && !PRIORITY.matcher(priority).matches()) {
            throw new Fault("priority " + priority + " is no whole number");
        }
        return priority.isEmpty() ? 0 : Integer.parseInt(priority);
    }

    private @Nullable Long consent(CSVRecord row) throws Fault {
        String text = CsvList.value(row, consentColumn);
        if (text.isEmpty()) {
            return null;
        }
        try {
            Instant since = text.indexOf('T') > 0
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            if (SupportedYears.contain(since)) {
                return since.toEpochMilli();
            }
        } catch (DateTimeException _) {
            // It is told below.
        }
        throw new Fault("consent " + text + " is neither a date such as 2026-11-24 nor an instant such as"
                + " 2026-11-24T09:30:00Z " + SupportedYears.WORDS);
    }

    private LeadKind kind(CSVRecord row) throws Fault {
        String kind = CsvList.value(row, kindColumn);
        return switch (kind.toLowerCase(Locale.ROOT)) {
            case "", "new" -> LeadKind.NEW;
            case "follow-up" -> LeadKind.FOLLOW_UP;
            default -> throw new Fault("kind " + kind + " is neither new nor follow-up");
        };
    }

    private @Nullable String extra(CSVRecord row) throws Fault {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            String value = row.get(i).strip();
            if (!value.isEmpty() && !ownColumns.contains(i)) {
                values.merge(extraName(i), value, (earlier, later) -> earlier + " | " + later);
            }
        }
        try {
            String extra = values.isEmpty() ? null : JSON.writeValueAsString(values);
            if (extra != null && extra.length() > LONGEST_EXTRA) {
                throw new Fault("the other columns are longer than " + LONGEST_EXTRA + " characters");
            }
            return extra;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    /** Returns the name of another column; a column without a header is named by its position. */
    private String extraName(int column) {
        String header = column < list.columns().size() ? list.columns().get(column) : "";
        return header.isEmpty() ? "column " + (column + 1) : header;
    }

    /** Why a row is rejected; without a stack, because a file may have millions. */
    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Fault(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }
}
