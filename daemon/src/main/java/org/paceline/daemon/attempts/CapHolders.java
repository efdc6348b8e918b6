package org.paceline.daemon.attempts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.InList;
import org.paceline.dialer.call.Attempt;
import org.paceline.rules.CapLimit;
import org.paceline.rules.RuleId;

/**
 * Counts the attempts of the agents and campaigns of a batch, whose caps count the attempts to more than one number.
 */
final class CapHolders {
    private static final String ADD = "INSERT INTO cap_holder (name) SELECT t.name FROM"
            + " UNNEST(CAST(? AS VARCHAR(210) ARRAY)) AS t(name) ON CONFLICT DO NOTHING";
    private static final String LOCK = "SELECT name, since_at, counted_until, counted FROM cap_holder WHERE name IN ";
    private static final String FORGET =
            "UPDATE cap_holder SET since_at = -1 WHERE name = ? AND since_at <> -1 AND counted_until > ?";
    private static final String FORGET_ALL = "UPDATE cap_holder SET since_at = -1 WHERE since_at <> -1";
    private static final String OF_AGENT = "SELECT COUNT(*) FROM attempt WHERE charged_agent = ? AND planned_at >= ?";

    private final Map<Holder, Integer> counts = new HashMap<>();
    private final Map<String, KeptCount> kept = new HashMap<>();
    private final Set<KeptCount> outdated = new HashSet<>();

    private record Holder(CapLimit.Scope scope, String name, long sinceEpochMillis) {
        private String lock() {
            return (scope == CapLimit.Scope.AGENT ? "agent:" : "campaign:") + name;
        }
    }

    private CapHolders() {}

    /** Locks the holders' rows in the order of their names, after those of the numbers, and counts. */
    static CapHolders read(Connection connection, List<Attempt> batch) throws SQLException {
        CapHolders holders = new CapHolders();
        SortedSet<String> locks = new TreeSet<>();
        for (Attempt attempt : batch) {
            for (CapLimit cap : attempt.caps()) {
                Holder holder = holder(attempt, cap);
                if (holder != null) {
                    holders.counts.put(holder, 0);
                    locks.add(holder.lock());
                }
            }
        }
        if (!locks.isEmpty()) {
            holders.lock(connection, locks);
            long now = batch.stream()
                    .mapToLong(attempt -> attempt.plannedAt().epochMillis())
                    .min()
                    .orElseThrow();
            for (Map.Entry<Holder, Integer> entry : holders.counts.entrySet()) {
                entry.setValue(holders.count(connection, entry.getKey(), now));
            }
        }
        return holders;
    }

    private static @Nullable Holder holder(Attempt attempt, CapLimit cap) {
        return switch (cap.scope()) {
            case AGENT ->
                attempt.chargedTo() == null
                        ? null // the agent is charged once connected
                        : new Holder(cap.scope(), attempt.chargedTo().value(), cap.sinceEpochMillis());
            case CAMPAIGN -> new Holder(cap.scope(), attempt.order().campaign().value(), cap.sinceEpochMillis());
            case NUMBER, NUMBER_IN_CAMPAIGN -> null;
        };
    }

    private void lock(Connection connection, SortedSet<String> names) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            add.setArray(1, connection.createArrayOf("varchar", names.toArray()));
            add.executeUpdate();
        }
        try (PreparedStatement lock =
                connection.prepareStatement(LOCK + InList.marks(names.size()) + " ORDER BY name FOR UPDATE")) {
            int index = 1;
            for (String name : names) {
                lock.setString(index++, name);
            }
            try (ResultSet rows = lock.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString(1);
                    kept.put(name, new KeptCount(name, rows.getLong(2), rows.getLong(3), rows.getInt(4)));
                }
            }
        }
    }

    private int count(Connection connection, Holder holder, long nowEpochMillis) throws SQLException {
        if (holder.scope == CapLimit.Scope.CAMPAIGN) {
            return Objects.requireNonNull(kept.get(holder.lock()), holder.lock())
                    .count(connection, holder.name, holder.sinceEpochMillis, nowEpochMillis);
        }
        try (PreparedStatement query = connection.prepareStatement(OF_AGENT)) {
            query.setString(1, holder.name);
            query.setLong(2, holder.sinceEpochMillis);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** @return the rule of the cap that forbids the attempt, or null */
    @Nullable
    RuleId against(Attempt attempt) {
        for (CapLimit cap : attempt.caps()) {
            Holder holder = holder(attempt, cap);
            if (holder != null && counts.getOrDefault(holder, 0) >= cap.atMost()) {
                return cap.rule();
            }
        }
        return null;
    }

    void add(Attempt attempt) {
        for (CapLimit cap : attempt.caps()) {
            Holder holder = holder(attempt, cap);
            if (holder != null) {
                counts.merge(holder, 1, Integer::sum);
                KeptCount count = kept.get(holder.lock());
                if (count != null && count.misses(attempt.plannedAt().epochMillis())) {
                    outdated.add(count);
                }
            }
        }
    }

    /** Forgets, after the last attempt, kept counts that a clock that stepped back has made wrong. */
    void forgetOutdated(Connection connection) throws SQLException {
        for (KeptCount count : outdated) {
            count.forget(connection);
        }
    }

    /** Forgets the kept counts that include attempts that are taken out. */
    static void forget(Connection connection, List<Attempt> attempts) throws SQLException {
        SortedSet<String> names = new TreeSet<>();
        long earliest = Long.MAX_VALUE;
        for (Attempt attempt : attempts) {
            if (attempt.caps().stream().anyMatch(cap -> cap.scope() == CapLimit.Scope.CAMPAIGN)) {
                names.add("campaign:" + attempt.order().campaign().value());
                earliest = Math.min(earliest, attempt.plannedAt().epochMillis());
            }
        }
        if (names.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(FORGET)) {
            for (String name : names) {
                update.setString(1, name);
                update.setLong(2, earliest);
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /** Forgets all kept counts, because attempts came in another way than through a batch. */
    static void forgetAll(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(FORGET_ALL)) {
            update.executeUpdate();
        }
    }
}
