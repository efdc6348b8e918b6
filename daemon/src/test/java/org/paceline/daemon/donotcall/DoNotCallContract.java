package org.paceline.daemon.donotcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.paceline.daemon.Fixtures.AUTUMN;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;
import static org.paceline.daemon.Fixtures.lead;
import static org.paceline.daemon.Fixtures.value;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.Fixtures.Heard;
import org.paceline.daemon.csv.CsvException;
import org.paceline.daemon.csv.ImportProgress;
import org.paceline.daemon.csv.ImportReport;
import org.paceline.daemon.csv.ListFormat;
import org.paceline.daemon.csv.RejectedRows;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.daemon.database.Durability;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.numbers.OptOutLists;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.OptOut;

/** What the do-not-call list promises, on any database. */
abstract class DoNotCallContract extends DatabaseContract {
    private static final long BOB = 13055550123L;

    @TempDir
    Path files;

    private static final OptOut COMPLAINT = new OptOut("complaint:7", null, Long.MAX_VALUE, OptOut.Kind.COMPLAINT);

    private DoNotCallTable table() {
        return new DoNotCallTable(database);
    }

    private static DoNotCallEntry entry(long e164, @Nullable String campaign, long until) {
        return new DoNotCallEntry(e164, new OptOut("api:ann", campaign, until), NOON);
    }

    @Test
    void shouldFindAndTakeOutWhatOneSourceEntered() throws Exception {
        OptOut by608 = new OptOut("sip:608", null, Long.MAX_VALUE);
        OptOut by607 = new OptOut("sip:607", null, Long.MAX_VALUE);
        table().addAll(List.of(new DoNotCallEntry(BOB, by608, NOON), new DoNotCallEntry(BOB + 1, by607, NOON)));
        assertThat(new SourceEntries(database).of("sip:608"))
                .containsExactly(new SourceEntries.Found(new DoNotCallEntry(BOB, by608, NOON), false));

        for (long number : List.of(BOB, BOB + 1)) {
            new DoNotCallRemoval(database)
                    .run(new DoNotCallRemoval.Order(
                            number, "", OptOut.Kind.REQUEST, "sip:608", "cli:ann", "no request", NOON));
        }
        assertThat(table().of(BOB)).isEmpty();
        assertThat(table().of(BOB + 1)).hasSize(1);
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
    void shouldHoldARequestAndAComplaintOfOneNumberApart() throws Exception {
        DoNotCallEntry blocked = new DoNotCallEntry(BOB, COMPLAINT, NOON);
        DoNotCallEntry asked = entry(BOB, null, Long.MAX_VALUE);
        assertThat(table().addAll(List.of(asked, blocked))).isEqualTo(2);
        assertThat(table().of(BOB)).containsExactly(blocked, asked);
        Heard heard = new Heard();
        try (DoNotCallWatch watch = new DoNotCallWatch(
                database, new CurrentLists(), heard, new PeriodicWorkers(ThreadWatch.endingTheProcess()))) {
            watch.load();
            assertThat(heard.next()).isEqualTo(new Event.NumberOptedOut(BOB, COMPLAINT));
            assertThat(heard.next()).isEqualTo(new Event.NumberOptedOut(BOB, asked.optOut()));
            assertThat(remove(BOB, null)).containsExactly(asked);
            watch.poll();
            assertThat(heard.next()).isEqualTo(new Event.OptOutsRemoved(BOB, List.of(COMPLAINT)));
        }
        assertThat(remove(BOB, null)).isEmpty();
        assertThat(new DoNotCallRemoval(database)
                        .run(new DoNotCallRemoval.Order(
                                BOB, null, OptOut.Kind.COMPLAINT, "cli:joe", "settled", NOON + 2)))
                .containsExactly(blocked);
        assertThat(table().of(BOB)).isEmpty();
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
        Heard heard = new Heard();
        try (DoNotCallWatch watch = new DoNotCallWatch(
                database, new CurrentLists(), heard, new PeriodicWorkers(ThreadWatch.endingTheProcess()))) {
            watch.load();
            assertThat(heard.next()).isEqualTo(new Event.NumberOptedOut(BOB, new OptOut("api:ann", null, NOON)));
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
        DoNotCallImport.Order order = order(file, null, false);
        Path told = files.resolve("dnc.rejected.csv");
        assertThat(result(order))
                .isEqualTo(new DoNotCallImport.Result(new ImportReport(7, 6, 0, 0, 1, told), 2, 0, false));
        assertThat(Files.readString(told))
                .contains(
                        "\n6,+1305*****25,held back, but without an end: expiry soon is neither a date"
                                .replace("held", "\"held"),
                        "\n7,5,not a telephone number",
                        "\n8,",
                        "for every campaign: no campaign 'sprng' in the configuration; there: [autumn, spring]");
        assertThat(table().of(BOB))
                .extracting(DoNotCallEntry::optOut)
                .containsExactly(
                        new OptOut("file:dnc.csv", null, Long.MAX_VALUE),
                        new OptOut(
                                "letter",
                                "spring",
                                Instant.parse("2027-02-01T05:00:00Z").toEpochMilli()));
        OptOut forAll = new OptOut("file:dnc.csv", null, Long.MAX_VALUE);
        assertThat(table().of(BOB + 2)).extracting(DoNotCallEntry::optOut).containsExactly(forAll);
        assertThat(table().of(BOB + 3)).extracting(DoNotCallEntry::optOut).containsExactly(forAll);
        assertThat(run(order)).isEqualTo(new ImportReport(7, 0, 0, 6, 1, told));
    }

    private DoNotCallImport.Result imported(String text) throws Exception {
        return imported(ListFormat.ofRegion("US"), text);
    }

    private DoNotCallImport.Result imported(ListFormat format, String text) throws Exception {
        Path file = Files.writeString(files.resolve("list.csv"), text);
        return new DoNotCallImport(database, new NumberPlan(), () -> NOON)
                .run(
                        new DoNotCallImport.Order(
                                file,
                                format,
                                ZoneId.of("America/New_York"),
                                Set.of(SPRING, AUTUMN),
                                null,
                                false,
                                RejectedRows.besides(file)),
                        ImportProgress.NONE);
    }

    private void holdsBack(long... numbers) throws Exception {
        for (long number : numbers) {
            assertThat(table().of(number)).as("+" + number).hasSize(1);
        }
    }

    @Test
    void shouldTakeARegistrysFlatFile() throws Exception {
        String text = "305,5550101\n305,5550102\n786,5550103\n";
        assertThat(imported(ListFormat.ofRegion("US").withoutHeader(), text)
                        .report()
                        .added())
                .isEqualTo(3);
        holdsBack(13055550101L, 13055550102L, 17865550103L);
        assertThatThrownBy(() -> imported(text))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("list.csv line 1 has a number where the header should be")
                .hasMessageContaining("--no-header");
        assertThatThrownBy(() -> imported(new ListFormat("3055550101", null, "US"), "3055550101\n3055550102\n"))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("header");
        assertThatThrownBy(() -> imported(ListFormat.ofRegion("US").withoutHeader(), "phone\n3055550102\n"))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("line 1 has no number");
    }

    @Test
    void shouldPutAColumnOfAreaCodesInFront() throws Exception {
        assertThat(imported("Area Code;Phone\n305;5550101\n305;+13055550102\n305;\n"))
                .satisfies(result -> {
                    assertThat(result.report().added()).isEqualTo(2);
                    assertThat(result.report().rejected()).isEqualTo(1);
                });
        holdsBack(13055550101L, 13055550102L);
    }

    @Test
    void shouldTakeAFlatListWithoutHeader() throws Exception {
        ListFormat format = ListFormat.ofRegion("US").withoutHeader();
        assertThat(imported(format, "\uFEFF3055550101\n3055550102\n").report().added())
                .isEqualTo(2);
        assertThat(imported(format, "Ann,(305) 555-0103,+1 305 555 0104\nBob,,305-555-0105\n")
                        .report()
                        .added())
                .isEqualTo(3);
        holdsBack(13055550101L, 13055550102L, 13055550103L, 13055550104L, 13055550105L);
    }

    @Test
    void shouldHoldBackTheNumbersOfEveryPhoneColumn() throws Exception {
        DoNotCallImport.Result result = imported("""
            name,phone,mobile
            Ann,+13055550101,+13055550102
            Bob,+13055550103,
            Cy,n/a,+13055550104
            Di,+13055550105,1234567890123456789
            Ed,,
            """);
        assertThat(result)
                .isEqualTo(new DoNotCallImport.Result(
                        new ImportReport(5, 5, 0, 0, 1, files.resolve("list.rejected.csv")), 1, 0, false));
        holdsBack(13055550101L, 13055550102L, 13055550103L, 13055550104L, 13055550105L);
    }

    @Test
    void shouldHoldBackEveryNumberThatACellMayMean() throws Exception {
        DoNotCallImport.Result result = imported("""
            phone
            305 555 0101 home
            305 555 0102 x5
            305 555 0103 / 305 555 0104
            4930901820
            +4903012345678
            """);
        assertThat(result.report().rejected()).isZero();
        assertThat(result.doubtful()).isZero();
        holdsBack(13055550101L, 13055550102L, 13055550103L, 13055550104L, 4930901820L, 493012345678L);
    }

    @Test
    void shouldHoldBackRowsThatAStrayQuoteTookIn() throws Exception {
        DoNotCallImport.Result result = imported(
                "phone,note\n+13055550101,\"called twice\n+13055550102,ok\n+13055550103,5'9\"\n+13055550104,ok\n");
        assertThat(result.doubtful()).isEqualTo(1);
        assertThat(result.report().added()).isEqualTo(4);
        holdsBack(13055550101L, 13055550102L, 13055550103L, 13055550104L);
        assertThat(Files.readString(files.resolve("list.rejected.csv")))
                .contains("\n2,", "a quote takes in 2 more rows");
        assertThat(imported("phone,note\n+13055550105,\"called\non 5 May, at 305 555 0106\"\n")
                        .doubtful())
                .isZero();
    }

    @Test
    void shouldHoldForEverWithTheUsualDateOfNoEndAndWithOneOfAWrongYear() throws Exception {
        DoNotCallImport.Result result = imported("""
            phone;until
            +13055550101;9999-12-31
            +13055550102;31.12.9999
            +13055550103;9999-12-31T23:59:59Z
            +13055550104;0027-01-31
            +13055550105;0027-01-31T00:00:00Z
            """);
        assertThat(result.doubtful()).isEqualTo(2);
        assertThat(List.of(13055550101L, 13055550102L, 13055550103L, 13055550104L, 13055550105L))
                .extracting(number -> table().of(number).getFirst().optOut().untilEpochMillis())
                .containsExactly(
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        Instant.parse("9999-12-31T23:59:59Z").toEpochMilli(),
                        Long.MAX_VALUE,
                        Long.MAX_VALUE);
    }

    @Test
    void shouldReadDatesThatAreOfOneDayOnly() throws Exception {
        DoNotCallImport.Result result = imported("""
            phone;until
            +13055550101;31.01.2027
            +13055550102;2027-01-31 10:00:00
            +13055550103;2027/01/31
            +13055550104;never
            +13055550105;01/02/2027
            """);
        assertThat(result.doubtful()).isEqualTo(1);
        long nextDay = Instant.parse("2027-02-01T05:00:00Z").toEpochMilli();
        assertThat(List.of(13055550101L, 13055550102L, 13055550103L, 13055550104L, 13055550105L))
                .extracting(number -> table().of(number).getFirst().optOut().untilEpochMillis())
                .containsExactly(
                        nextDay,
                        Instant.parse("2027-01-31T15:00:00Z").toEpochMilli(),
                        nextDay,
                        Long.MAX_VALUE,
                        Long.MAX_VALUE);
    }

    @Test
    void shouldReplaceNothingByAFileThatWasNotUnderstoodWhole() throws Exception {
        run(order(file("may.csv", BOB, BOB + 1), "registry", false));
        Path june = Files.writeString(files.resolve("june.csv"), "phone\n+13055550199\nBob's mobile\n");
        DoNotCallImport.Result result = result(order(june, "registry", true));
        assertThat(result.kept()).isTrue();
        assertThat(result.removed()).isZero();
        holdsBack(BOB, BOB + 1, 13055550199L);
        DoNotCallImport.Order lenient = new DoNotCallImport.Order(
                june,
                ListFormat.ofRegion("US"),
                ZoneId.of("America/New_York"),
                Set.of(SPRING),
                "registry",
                true,
                true,
                RejectedRows.besides(june));
        assertThat(result(lenient).removed()).isEqualTo(2);
        assertThat(table().of(BOB)).isEmpty();
    }

    private DoNotCallImport.Order order(Path file, @Nullable String source, boolean replace) {
        return new DoNotCallImport.Order(
                file,
                ListFormat.ofRegion("US"),
                ZoneId.of("America/New_York"),
                Set.of(SPRING, AUTUMN),
                source,
                replace,
                RejectedRows.besides(file));
    }

    private ImportReport run(DoNotCallImport.Order order) throws Exception {
        return result(order).report();
    }

    private DoNotCallImport.Result result(DoNotCallImport.Order order) throws Exception {
        return new DoNotCallImport(database, new NumberPlan(), () -> NOON).run(order, ImportProgress.NONE);
    }

    private Path file(String name, long... numbers) throws Exception {
        StringBuilder text = new StringBuilder("phone\n");
        LongStream.of(numbers).forEach(number -> text.append('+').append(number).append('\n'));
        return Files.writeString(files.resolve(name), text);
    }

    @Test
    void shouldTellTheEngineOfListsAndOfWhatIsTakenOut() throws Exception {
        long[] numbers =
                LongStream.range(0, 40_000).map(i -> 12_000_000_000L + i * i).toArray();
        assertThat(run(order(file("a.csv", numbers), "registry", false)).added())
                .isEqualTo(40_000);
        table().add(entry(BOB, null, Long.MAX_VALUE));
        Heard heard = new Heard();
        CurrentLists current = new CurrentLists();
        try (DoNotCallWatch watch =
                new DoNotCallWatch(database, current, heard, new PeriodicWorkers(ThreadWatch.endingTheProcess()))) {
            watch.load();
            assertThat(heard.next()).isInstanceOf(Event.NumberOptedOut.class);
            OptOutLists lists = ((Event.OptOutListsReplaced) heard.next()).lists();
            OptOut registry = new OptOut("registry", null, Long.MAX_VALUE);
            assertThat(LongStream.of(numbers).filter(number -> !registry.equals(lists.optOutOf(number, SPRING, NOON))))
                    .isEmpty();
            assertThat(lists.optOutOf(BOB, SPRING, NOON)).isNull();

            watch.poll();
            assertThat(heard.isEmpty()).isTrue();
            assertThat(remove(numbers[9], null)).isEqualTo(List.of(new DoNotCallEntry(numbers[9], registry, NOON)));
            assertThat(remove(BOB, "spring")).isEmpty();
            assertThat(remove(BOB, null)).isEqualTo(List.of(entry(BOB, null, Long.MAX_VALUE)));
            watch.poll();
            assertThat(heard.next()).isEqualTo(new Event.OptOutsRemoved(numbers[9], List.of()));
            assertThat(heard.next()).isEqualTo(new Event.OptOutsRemoved(BOB, List.of()));
            OptOutLists fewer = ((Event.OptOutListsReplaced) heard.next()).lists();
            assertThat(fewer.size()).isEqualTo(39_999);
            assertThat(fewer.optOutOf(numbers[9], SPRING, NOON)).isNull();
        }
        assertThat(table().of(BOB)).isEmpty();
        assertThat(value(
                        database,
                        "SELECT removed_by || ' ' || reason || ' ' || source || ' ' || removed_at FROM"
                                + " do_not_call_removal WHERE e164 = " + BOB))
                .isEqualTo("cli:joe signed again api:ann " + (NOON + 1));
    }

    private List<DoNotCallEntry> remove(long e164, @Nullable String campaign) throws Exception {
        return new DoNotCallRemoval(database)
                .run(new DoNotCallRemoval.Order(
                        e164, campaign, OptOut.Kind.REQUEST, "cli:joe", "signed again", NOON + 1));
    }

    @Test
    void shouldReplaceARegistryAndOfferItsLeadsAgain() throws Exception {
        run(order(file("may.csv", BOB, BOB + 1, BOB + 2), "registry", false));
        run(order(file("own.csv", BOB + 1), null, false));
        long refused = lead(database, SPRING, BOB, null);
        database.jdbi()
                .useHandle(handle -> handle.execute("UPDATE lead SET status = 'REFUSED', refusal_rule = 'optout',"
                        + " refused_at = 5 WHERE id = " + refused));
        DoNotCallImport.Result june = result(order(file("june.csv", BOB + 2, BOB + 3, BOB + 3), "registry", true));
        assertThat(june).isEqualTo(new DoNotCallImport.Result(new ImportReport(3, 1, 1, 1, 0, null), 0, 2, false));
        assertThat(table().of(BOB)).isEmpty();
        assertThat(table().of(BOB + 1))
                .extracting(entry -> entry.optOut().source())
                .containsExactly("file:own.csv");
        assertThat(table().of(BOB + 3)).hasSize(1);
        assertThat(value(database, "SELECT status FROM lead")).isEqualTo("NEW");
        assertThatThrownBy(() -> result(order(file("july.csv", 5), "registry", true)))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("has no usable number, so it replaces nothing");
        assertThat(table().of(BOB + 3)).hasSize(1);
    }

    @Test
    void shouldHoldNumbersThatAnEarlierReleaseKeptAsTheyWereWritten() throws Exception {
        OptOut registry = new OptOut("registry", null, Long.MAX_VALUE);
        NumberCollector written = new NumberCollector();
        LongStream.of(4903012345678L, 493012345678L, 8601065120000L, BOB).forEach(written::add);
        written.settle();
        database.write(handle -> ListTable.put(
                handle.getConnection(),
                new ListTable.Terms("registry", "", Long.MAX_VALUE),
                written,
                false,
                NOON,
                ListTable.nextVersion(handle.getConnection())));
        table().addAll(List.of(entry(610412345678L, null, NOON), entry(61412345678L, null, NOON + 1)));
        table().add(entry(430158850123L, "spring", NOON));
        CurrentLists current = new CurrentLists();
        current.refresh(database, NOON);

        NumberPlan plan = new NumberPlan();
        assertThat(StoredNumbers.bringUpToDate(database, plan)).isEqualTo(new StoredNumbers.Change(2, 2));
        assertThat(StoredNumbers.bringUpToDate(database, plan)).isEqualTo(StoredNumbers.Change.NONE);

        assertThat(table().of(493012345678L)).extracting(DoNotCallEntry::optOut).containsExactly(registry);
        assertThat(table().of(861065120000L)).hasSize(1);
        assertThat(table().of(BOB)).hasSize(1);
        assertThat(table().of(4903012345678L)).isEmpty();
        assertThat(table().of(61412345678L)).containsExactly(entry(61412345678L, null, NOON + 1));
        assertThat(table().of(610412345678L)).isEmpty();
        assertThat(table().of(43158850123L)).containsExactly(entry(43158850123L, "spring", NOON));
        OptOutLists lists = Objects.requireNonNull(current.refresh(database, NOON));
        assertThat(lists.size()).isEqualTo(3);
        assertThat(lists.optOutOf(493012345678L, SPRING, NOON)).isEqualTo(registry);
    }

    @Test
    void shouldPutBackEntriesThatTheDatabaseLostButNoneThatWereTakenOut() throws Exception {
        Path file = files.resolve("log");
        try (DoNotCallLog log = new DoNotCallLog(file, Durability.PROCESS)) {
            OptOut odd = new OptOut("api:ann: two\tand\nmore", "spring", NOON + 9);
            log.append(List.of(entry(BOB, null, Long.MAX_VALUE), entry(BOB + 1, null, Long.MAX_VALUE)));
            log.append(List.of(new DoNotCallEntry(BOB + 1, COMPLAINT, NOON)));
            log.append(List.of(new DoNotCallEntry(BOB + 2, odd, NOON)));
            table().add(entry(BOB, null, Long.MAX_VALUE));
            table().add(entry(BOB + 1, null, Long.MAX_VALUE));
            remove(BOB + 1, null);
        }
        Files.writeString(file, (BOB + 3) + "\t\t922", StandardOpenOption.APPEND);
        try (DoNotCallLog log = new DoNotCallLog(file, Durability.PROCESS)) {
            assertThat(log.putBack(database)).isEqualTo(2);
            assertThat(log.putBack(database)).isZero();
        }
        assertThat(table().of(BOB)).hasSize(1);
        assertThat(table().of(BOB + 1)).containsExactly(new DoNotCallEntry(BOB + 1, COMPLAINT, NOON));
        assertThat(table().of(BOB + 2))
                .containsExactly(
                        new DoNotCallEntry(BOB + 2, new OptOut("api:ann: two and more", "spring", NOON + 9), NOON));
        assertThat(table().of(BOB + 3)).isEmpty();
    }
}
