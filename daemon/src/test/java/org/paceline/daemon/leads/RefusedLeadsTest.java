package org.paceline.daemon.leads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;
import static org.paceline.daemon.Fixtures.lead;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.daemon.database.DatabaseSettings;

class RefusedLeadsTest extends DatabaseContract {
    private static final long BOB = 13055550123L;
    private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");

    @TempDir
    Path directory;

    @Override
    protected DatabaseSettings freshSettings() {
        return DatabaseSettings.embedded(directory.resolve("paceline"));
    }

    /** Adds leads of numbers from BOB on, each with the time of its refusal; -1 for one that no rule refused. */
    private void leads(long... refusedAt) throws Exception {
        for (int i = 0; i < refusedAt.length; i++) {
            long id = lead(database, SPRING, BOB + i, null);
            if (refusedAt[i] >= 0) {
                execute("UPDATE lead SET status = 'REFUSED', refused_at = " + refusedAt[i] + " WHERE id = " + id);
            }
        }
    }

    private void execute(String sql) {
        database.write(handle -> handle.execute(sql));
    }

    @Test
    void shouldOfferEachRefusedLeadOnceWhenTheyAreMoreThanOnePart() throws Exception {
        leads(NOON, NOON + 1, -1, NOON + 5, NOON + 5, NOON + 5, NOON + 6, 0);

        assertThat(new RefusedLeads(database, 2).offer(SPRING)).isEqualTo(7);
        List<String> statuses = database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT status FROM lead ORDER BY id")
                        .mapTo(String.class)
                        .list());
        assertThat(statuses).hasSize(8).containsOnly("NEW");
    }

    @Test
    void shouldReadOnlyLeadsThatWereRefusedHoweverManyWait() throws Exception {
        leads(NOON, NOON + 1, NOON + 2);
        execute("INSERT INTO lead (campaign, e164, region, status, imported_at)"
                + " SELECT 'spring', 13055600000 + \"X\", 'US', 'NEW', 0 FROM SYSTEM_RANGE(1, 3000)");

        assertThat(rowsRead(RefusedLeads.OFFER_CAMPAIGNS)).isLessThan(50);
        assertThat(rowsRead(RefusedLeads.NEXT_PART)).isLessThan(50);
    }

    private long rowsRead(String sql) {
        String plan = database.write(handle -> handle.createQuery("EXPLAIN ANALYZE " + sql)
                .bind("campaign", SPRING.value())
                .bind("from", 0L)
                .bind("end", Long.MAX_VALUE)
                .bindMap(sql.contains(":most") ? Map.of("most", 20_000) : Map.of())
                .mapTo(String.class)
                .one());
        return SCANNED.matcher(plan)
                .results()
                .map(MatchResult::group)
                .mapToLong(text -> Long.parseLong(text.replaceAll("\\D", "")))
                .sum();
    }
}
