package org.paceline.daemon.donotcall;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.numbers.OptOutLists;
import org.paceline.rules.OptOut;

/**
 * The do-not-call lists of many numbers as this process last read them from the database; newer entries there are asked
 * for number by number until the lists are read again.
 *
 * <p>Thread: any; {@link #refresh} one at a time.
 */
public final class CurrentLists {
    private static final String ALL = "SELECT s.list, l.source, l.campaign, l.until_at, s.first_e164, s.last_e164,"
            + " s.numbers, l.numbers FROM do_not_call_list l JOIN do_not_call_segment s ON s.list = l.id"
            + " WHERE l.until_at > ? ORDER BY s.list, s.first_e164";

    private volatile Loaded loaded = new Loaded(OptOutLists.NONE, 0);

    private record Loaded(OptOutLists lists, long version) {}

    private record Source(OptOut optOut, long numbers, List<NumberSegment> segments) {}

    /**
     * Reads the lists where they changed.
     *
     * @param now epoch milliseconds; expired lists are left out
     * @return the current lists, or null when nothing changed
     */
    public @Nullable OptOutLists refresh(Database database, long now) throws SQLException {
        long known = loaded.version;
        Loaded changed = database.jdbi().withHandle(handle -> {
            Connection connection = handle.getConnection();
            long version = ListTable.version(connection);
            return version == known ? null : new Loaded(read(connection, now), version);
        });
        if (changed == null) {
            return null;
        }
        loaded = changed;
        return changed.lists;
    }

    private static OptOutLists read(Connection connection, long now) throws SQLException {
        Map<Long, Source> sources = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(ALL)) {
            query.setLong(1, now);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    Source source = sources.get(rows.getLong(1));
                    if (source == null) {
                        source = new Source(
                                new ListTable.Terms(rows.getString(2), rows.getString(3), rows.getLong(4)).optOut(),
                                rows.getLong(8),
                                new ArrayList<>());
                        sources.put(rows.getLong(1), source);
                    }
                    source.segments.add(NumberSegment.stored(rows.getLong(5), rows.getLong(6), rows.getBytes(7)));
                }
            }
        }
        return merge(List.copyOf(sources.values()));
    }

    private static OptOutLists merge(List<Source> sources) {
        OptOutLists.Builder builder = new OptOutLists.Builder(
                sources.stream().map(Source::optOut).toList(),
                sources.stream().mapToLong(Source::numbers).sum());
        PriorityQueue<Head> heads = new PriorityQueue<>();
        for (int i = 0; i < sources.size(); i++) {
            Head head = new Head(i, NumberSegment.numbers(sources.get(i).segments));
            if (head.advance()) {
                heads.add(head);
            }
        }
        while (heads.size() > 1) {
            Head least = heads.remove();
            builder.add(least.number, least.list);
            if (least.advance()) {
                heads.add(least);
            }
        }
        Head last = heads.poll();
        if (last != null) {
            do {
                builder.add(last.number, last.list);
            } while (last.advance());
        }
        return builder.build();
    }

    private static final class Head implements Comparable<Head> {
        final int list;
        final PrimitiveIterator.OfLong numbers;
        long number;

        Head(int list, PrimitiveIterator.OfLong numbers) {
            this.list = list;
            this.numbers = numbers;
        }

        /** An entry of 0, which earlier releases stored for zeros alone, is nobody's number and passed over. */
        boolean advance() {
            do {
                if (!numbers.hasNext()) {
                    number = 0;
                    return false;
                }
                number = numbers.nextLong();
            } while (number <= 0);
            return true;
        }

        @Override
        public int compareTo(Head other) {
            return Long.compare(number, other.number);
        }
    }

    /** Returns the lists that forbid calling a number, including those committed before the caller's statement. */
    @FunctionalInterface
    public interface Listed {
        boolean forbids(long e164, CampaignId campaign, long atEpochMillis);
    }

    /** Looks some numbers up in the lists, as of now. */
    public Listed of(Connection connection, Collection<Long> numbers) throws SQLException {
        Loaded current = loaded;
        List<DoNotCallEntry> newer = new ArrayList<>();
        if (ListTable.version(connection) != current.version) {
            for (long number : numbers) {
                ListTable.entriesOf(connection, number, current.version, (_, entry) -> newer.add(entry));
            }
        }
        return (e164, campaign, at) -> current.lists.optOutOf(e164, campaign, at) != null
                || newer.stream().anyMatch(entry -> entry.e164() == e164 && covers(entry.optOut(), campaign, at));
    }

    private static boolean covers(OptOut entry, CampaignId campaign, long at) {
        return at < entry.untilEpochMillis()
                && (entry.campaign() == null || entry.campaign().equals(campaign.value()));
    }
}
