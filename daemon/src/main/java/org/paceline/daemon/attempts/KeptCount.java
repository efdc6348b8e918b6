package org.paceline.daemon.attempts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A kept count of a campaign's attempts of a day up to a moment. A campaign may have 100,000 a day, too many to be
 * counted in every transaction; the row that keeps this is locked while it is read or written.
 *
 * @param lock the row's name in {@code cap_holder}
 * @param sinceEpochMillis the day's start; {@link #NOTHING} where nothing is kept
 * @param untilEpochMillis attempts planned before it are in the count, later ones are not
 */
record KeptCount(String lock, long sinceEpochMillis, long untilEpochMillis, int counted) {
    static final long NOTHING = -1;

    /** The most attempts that are counted again each time. */
    static final int MOST_RECOUNTED = 1_000;

    /** How soon a planned attempt is stored; one that comes later makes the count forgotten. */
    private static final long SETTLED_MILLIS = 60_000;

    private static final String COUNT =
            "SELECT COUNT(*) FROM attempt WHERE campaign = ? AND planned_at >= ? AND planned_at < ?";
    private static final String KEEP =
            "UPDATE cap_holder SET since_at = ?, counted_until = ?, counted = ? WHERE name = ?";

    /** Counts the campaign's attempts since then, and keeps a large count. */
    int count(Connection connection, String campaign, long since, long nowEpochMillis) throws SQLException {
        boolean isKept = sinceEpochMillis == since;
        int recounted = planned(connection, campaign, isKept ? untilEpochMillis : since, Long.MAX_VALUE);
        int all = isKept ? counted + recounted : recounted;
        long settled = nowEpochMillis - SETTLED_MILLIS;
        if (recounted > MOST_RECOUNTED && settled > since) {
            int before = planned(connection, campaign, since, settled);
            new KeptCount(lock, since, settled, before).write(connection);
        }
        return all;
    }

    /** Whether the count should have included an attempt of that time. */
    boolean misses(long plannedAtEpochMillis) {
        return sinceEpochMillis != NOTHING && plannedAtEpochMillis < untilEpochMillis;
    }

    /** Forgets the kept count. */
    void forget(Connection connection) throws SQLException {
        new KeptCount(lock, NOTHING, 0, 0).write(connection);
    }

    private void write(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(KEEP)) {
            update.setLong(1, sinceEpochMillis);
            update.setLong(2, untilEpochMillis);
            update.setInt(3, counted);
            update.setString(4, lock);
            update.executeUpdate();
        }
    }

    private static int planned(Connection connection, String campaign, long from, long until) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COUNT)) {
            query.setString(1, campaign);
            query.setLong(2, from);
            query.setLong(3, until);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
