package org.paceline.daemon.donotcall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.paceline.daemon.SupportedYears;
import org.paceline.daemon.csv.CountryColumn;
import org.paceline.daemon.csv.CsvException;
import org.paceline.daemon.csv.CsvList;
import org.paceline.daemon.csv.PhoneCells;
import org.paceline.daemon.csv.RejectedRows;
import org.paceline.daemon.csv.SwallowedRows;
import org.paceline.daemon.database.StorableText;
import org.paceline.dialer.id.CampaignId;
import org.paceline.rules.NumberPlan;

/**
 * The rows of a do-not-call file, sorted into lists. A row holds back every number that it may mean. A part of it that
 * cannot be read makes it hold longer and for more campaigns, never shorter or for fewer, and is reported as a doubt.
 *
 * <p>Thread: the importing one.
 */
final class DoNotCallRows {
    private static final int MOST_LISTS = 100_000;
    private static final int LONGEST_SHOWN = 40;

    private final DoNotCallImport.Order order;
    private final NumberPlan numbers;
    private final CsvList list;
    private final RejectedRows told;
    private final PhoneCells phones;
    private final CountryColumn countries;
    private final int campaignColumn;
    private final int sourceColumn;
    private final int untilColumn;
    private final String usualSource;
    private final Map<ListTable.Terms, NumberCollector> lists = new LinkedHashMap<>();
    private long taken;
    private long rejected;
    private long doubtful;

    DoNotCallRows(DoNotCallImport.Order order, NumberPlan numbers, CsvList list, RejectedRows told)
            throws CsvException {
        this.order = order;
        this.numbers = numbers;
        this.list = list;
        this.told = told;
        this.phones = new PhoneCells(list, list.phoneColumns());
        this.countries = CountryColumn.of(list, order.format(), numbers);
        this.campaignColumn = list.indexOf("campaign");
        this.sourceColumn = list.indexOf("source");
        this.untilColumn = list.indexOf("until");
        this.usualSource = order.source() == null ? "file:" + order.file().getFileName() : order.source();
    }

    /** Returns the numbers by the terms that they have in common. */
    Map<ListTable.Terms, NumberCollector> lists() {
        return lists;
    }

    /** Counts the numbers in rows, repeated ones included. */
    long taken() {
        return taken;
    }

    /** Counts the rows that hold no number back. */
    long rejected() {
        return rejected;
    }

    /** Counts the rows that hold numbers back and were not understood completely. */
    long doubtful() {
        return doubtful;
    }

    void take(CSVRecord row) throws CsvException {
        List<String> doubts = new ArrayList<>(0);
        ListTable.Terms terms = terms(row, doubts);
        List<String> cells = phones.of(row);
        boolean any = false;
        String reason = "no number";
        for (String cell : cells) {
            long plain = numbers.plain(cell, order.format().region());
            if (plain > 0 && countries.index() < 0) {
                add(terms, plain);
                any = true;
                continue;
            }
            NumberPlan.Blocked blocked = blocked(cell, countries.of(row));
            for (long e164 : blocked.e164()) {
                add(terms, e164);
                any = true;
            }
            if (blocked.doubt() != null) {
                reason = blocked.doubt();
                if (cells.size() == 1 || cell.codePoints().anyMatch(Character::isDigit)) {
                    doubts.add(blocked.doubt());
                }
            }
        }
        any |= takeSwallowed(row, terms, doubts);
        tell(cells.isEmpty() ? "" : String.join(" ", cells), any, any ? String.join("; ", doubts) : reason);
    }

    private void tell(String text, boolean any, String reason) throws CsvException {
        if (!any) {
            rejected++;
            told.add(list.line(), text, reason);
        } else if (!reason.isEmpty()) {
            doubtful++;
            told.add(list.line(), text, "held back, but " + reason);
        }
    }

    /** Returns the numbers that a cell holds back; where the country is not certain, those of either country. */
    private NumberPlan.Blocked blocked(String cell, CountryColumn.Country country) {
        if (country.fault() == null) {
            return numbers.blocked(cell, country.region());
        }
        if (numbers.parse(cell, null) instanceof NumberPlan.Parsed.Valid) {
            return numbers.blocked(cell, null);
        }
        Set<Long> either = new LinkedHashSet<>(numbers.blocked(cell, null).e164());
        either.addAll(numbers.blocked(cell, order.format().region()).e164());
        return new NumberPlan.Blocked(List.copyOf(either), country.fault());
    }

    /** Takes the numbers of rows that are in a quoted cell because a stray quote opened it. */
    private boolean takeSwallowed(CSVRecord row, ListTable.Terms terms, List<String> doubts) throws CsvException {
        List<List<String>> swallowed = SwallowedRows.of(row, list);
        for (List<String> cells : swallowed) {
            for (String cell : phones.of(cells)) {
                for (long e164 : numbers.blocked(cell, order.format().region()).e164()) {
                    add(terms, e164);
                }
            }
        }
        if (!swallowed.isEmpty()) {
            doubts.add(SwallowedRows.reason(swallowed.size()));
        }
        return !swallowed.isEmpty();
    }

    private void add(ListTable.Terms terms, long e164) throws CsvException {
        NumberCollector numbersOfList = lists.get(terms);
        if (numbersOfList == null) {
            if (lists.size() == MOST_LISTS) {
                throw new CsvException(order.file() + " line " + list.line() + ": more than " + MOST_LISTS
                        + " different combinations of campaign, source and expiry; give dates instead of instants");
            }
            numbersOfList = new NumberCollector();
            lists.put(terms, numbersOfList);
        }
        numbersOfList.add(e164);
        taken++;
    }

    private ListTable.Terms terms(CSVRecord row, List<String> doubts) {
        String source = CsvList.value(row, sourceColumn);
        return new ListTable.Terms(
                source.isEmpty() ? usualSource : storable(source, doubts),
                campaign(CsvList.value(row, campaignColumn), doubts),
                until(CsvList.value(row, untilColumn), doubts));
    }

    private static String storable(String source, List<String> doubts) {
        if (source.length() > DoNotCallImport.LONGEST_SOURCE) {
            doubts.add("the source is longer than " + DoNotCallImport.LONGEST_SOURCE + " characters and is cut");
        }
        if (source.indexOf('\0') >= 0) {
            doubts.add("the source has a NUL character, which goes");
        }
        return StorableText.of(source, DoNotCallImport.LONGEST_SOURCE);
    }

    private String campaign(String name, List<String> doubts) {
        if (name.isEmpty() || order.campaigns().contains(new CampaignId(name))) {
            return name;
        }
        doubts.add("for every campaign: no campaign '" + StorableText.of(name, LONGEST_SHOWN)
                + "' in the configuration; there: "
                + order.campaigns().stream().map(CampaignId::value).sorted().toList());
        return "";
    }

    private long until(String text, List<String> doubts) {
        OptionalLong until = Expiry.millis(text, order.zone());
        if (until.isEmpty()) {
            doubts.add("without an end: expiry " + StorableText.of(text, LONGEST_SHOWN)
                    + " is neither a date such as 2027-01-31 nor an instant such as 2027-01-31T00:00:00Z "
                    + SupportedYears.WORDS);
        }
        return until.orElse(Long.MAX_VALUE);
    }
}
