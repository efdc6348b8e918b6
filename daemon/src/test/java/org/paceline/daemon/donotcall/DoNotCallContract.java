package org.paceline.daemon.donotcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.NOON;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.Fixtures.Heard;
import org.paceline.daemon.csv.ImportProgress;
import org.paceline.daemon.csv.ImportReport;
import org.paceline.daemon.csv.RejectedRows;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.dialer.campaign.CampaignId;
import org.paceline.dialer.engine.Event;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.OptOut;

/** What the do-not-call list promises, on any database. */
abstract class DoNotCallContract extends DatabaseContract {
    private static final long BOB = 13055550123L;

    @TempDir
    Path files;

    private DoNotCallTable table() {
        return new DoNotCallTable(database);
    }

    private static DoNotCallEntry entry(long e164, @Nullable String campaign, long until) {
        return new DoNotCallEntry(e164, new OptOut("api:ann", campaign, until), NOON);
    }

    @Test
    void shouldKeepTheLongerOfTwoEntries() throws Exception {
        assertThat(table().addAll(List.of(entry(BOB, null, NOON + 5)))).isEqualTo(1);
        assertThat(table().addAll(List.of(entry(BOB, null, NOON + 3)))).isZero();
        assertThat(table().addAll(List.of(entry(BOB, null, NOON + 9), entry(BOB, "spring", NOON))))
                .isEqualTo(2);
        assertThat(table().of(BOB)).containsExactly(entry(BOB, null, NOON + 9), entry(BOB, "spring", NOON));
    }

    @Test
    void shouldLoadEveryEntryOfALongList() throws Exception {
        List<DoNotCallEntry> all = new ArrayList<>();
        LongStream.range(0, 10_000).forEach(i -> all.add(entry(BOB + i, null, NOON)));
        // The number at the end of the first page is in the list three times.
        all.add(entry(BOB + 9_999, "autumn", NOON));
        all.add(entry(BOB + 9_999, "spring", NOON));
        all.add(entry(BOB + 20_000, null, NOON));
        table().addAll(all);
        List<DoNotCallEntry> loaded = new ArrayList<>();
        table().load(loaded::add);
        assertThat(loaded).containsExactlyElementsOf(all);
    }

    @Test
    void shouldTellTheEngineWhatOthersEnter() throws Exception {
        table().add(entry(BOB, null, NOON));
        long seen = table().load(_ -> {});
        Heard heard = new Heard();
        try (DoNotCallWatch watch = new DoNotCallWatch(table(), heard, seen)) {
            for (int i = 1; i <= 50; i++) {
                table().add(entry(BOB + i, "spring", NOON));
            }
            watch.poll();
            for (int i = 1; i <= 50; i++) {
                assertThat(heard.next())
                        .isEqualTo(new Event.NumberOptedOut(BOB + i, new OptOut("api:ann", "spring", NOON)));
            }
            watch.poll();
            assertThat(heard.isEmpty()).isTrue();
            watch.start();
            table().add(entry(BOB, null, NOON + 1));
            assertThat(heard.next()).isEqualTo(new Event.NumberOptedOut(BOB, new OptOut("api:ann", null, NOON + 1)));
        }
    }

    @Test
    void shouldImportAFileWithCampaignsAndExpiries() throws Exception {
        Path file = files.resolve("dnc.csv");
        Files.writeString(file, """
                number,campaign,source,until
                +13055550123,,,
                +13055550123,spring,letter,2027-01-31
                (305) 555-0124,,,2027-01-31T10:00:00Z
                305 555 0124,,,
                +13055550125,,,soon
                5,,,
                +13055550126,sprng,,
                """);
        DoNotCallImport.Order order = new DoNotCallImport.Order(
                file,
                null,
                "US",
                ZoneId.of("America/New_York"),
                Set.of(new CampaignId("spring"), new CampaignId("autumn")),
                RejectedRows.besides(file));
        DoNotCallImport list = new DoNotCallImport(table(), new NumberPlan(), () -> NOON);
        ImportReport report = list.run(order, ImportProgress.NONE);
        assertThat(report).isEqualTo(new ImportReport(7, 3, 1, 0, 3, files.resolve("dnc.rejected.csv")));
        assertThat(Files.readString(files.resolve("dnc.rejected.csv")))
                .contains(
                        "\n6,",
                        "expiry soon",
                        "\n7,",
                        "\n8,",
                        "no campaign 'sprng' in the configuration; there: [autumn, spring]");
        assertThat(table().of(BOB))
                .extracting(DoNotCallEntry::optOut)
                .containsExactly(
                        new OptOut("file:dnc.csv", null, Long.MAX_VALUE),
                        new OptOut(
                                "letter",
                                "spring",
                                Instant.parse("2027-02-01T05:00:00Z").toEpochMilli()));
        assertThat(list.run(order, ImportProgress.NONE).added()).isZero();
    }
}
