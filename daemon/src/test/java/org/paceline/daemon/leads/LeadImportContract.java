package org.paceline.daemon.leads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;
import static org.paceline.daemon.Fixtures.value;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.csv.CsvException;
import org.paceline.daemon.csv.ImportProgress;
import org.paceline.daemon.csv.ImportReport;
import org.paceline.daemon.csv.ListFormat;
import org.paceline.daemon.csv.RejectedRows;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.rules.NumberPlan;

/** What the import of leads promises, on any database. */
abstract class LeadImportContract extends DatabaseContract {
    @TempDir
    Path files;

    private ImportReport run(String text) throws Exception {
        Path file = files.resolve("leads.csv");
        Files.writeString(file, text);
        return run(file, ImportProgress.NONE);
    }

    private ImportReport run(Path file, ImportProgress progress) throws Exception {
        return new LeadImport(database, new NumberPlan(), () -> NOON)
                .run(
                        new LeadImport.Order(file, SPRING, ListFormat.ofRegion("US"), RejectedRows.besides(file)),
                        progress);
    }

    @Test
    void shouldImportNumbersNamesAndEveryOtherColumn() throws Exception {
        ImportReport report = run("""
                Name,City,Phone Number,Priority
                "Lovelace, Ada",London,(305) 555-0123,
                Alan,,+13055550124,-1
                """);
        assertThat(report).isEqualTo(new ImportReport(2, 2, 0, 0, 0, null));
        assertThat(value(
                        database,
                        "SELECT name || ' ' || region || ' ' || extra || ' ' || priority || ' ' || status"
                                + " || ' ' || imported_from || ' ' || imported_at FROM lead WHERE e164 = 13055550123"))
                .isEqualTo("Lovelace, Ada US {\"City\":\"London\"} 0 NEW leads.csv " + NOON);
        assertThat(value(
                        database,
                        "SELECT COALESCE(extra, 'none') || ' ' || priority FROM lead WHERE e164 = 13055550124"))
                .isEqualTo("none -1");
        assertThat(files.resolve("leads.rejected.csv")).doesNotExist();
    }

    @Test
    void shouldRejectBadRowsAndImportTheRest() throws Exception {
        ImportReport report = run("""
                phone,name
                +13055550123,Ada
                12,Bob
                ,Carl
                +13055550124,Dora,extra
                not a number,Eve
                +13055550125,Fay
                """);
        assertThat(report.rows()).isEqualTo(6);
        assertThat(report.added()).isEqualTo(2);
        assertThat(report.rejected()).isEqualTo(4);
        assertThat(report.rejectedFile()).isEqualTo(files.resolve("leads.rejected.csv"));
        String rejected = Files.readString(files.resolve("leads.rejected.csv"));
        assertThat(rejected.lines().toList()).hasSize(5).first().isEqualTo("line,value,reason");
        assertThat(rejected)
                .contains("\n3,", "\n4,", "\n5,", "\n6,")
                .contains("has 3 values for 2 columns")
                .doesNotContain("3055550124");
    }

    @Test
    void shouldAddADuplicateOnceAndNothingWhenGivenAgain() throws Exception {
        String text = """
                phone
                +1 305 555 0123
                305-555-0123
                +13055550124
                """;
        assertThat(run(text)).isEqualTo(new ImportReport(3, 2, 1, 0, 0, null));
        assertThat(run(text)).isEqualTo(new ImportReport(3, 0, 1, 2, 0, null));
        assertThat(value(database, "SELECT COUNT(*) FROM lead")).isEqualTo("2");
    }

    @Test
    void shouldKeepGradeConsentAndKindAndRejectWrongOnes() throws Exception {
        ImportReport report = run("""
                phone,grade,consent,kind,city
                +13055550123,A,2026-11-01,follow-up,Rome
                +13055550124,,2026-11-01T10:30:00+02:00,New,
                +13055550125,,,,
                +13055550126,a grade of many words,,,
                +13055550127,,01.11.2026,,
                +13055550128,,2026-11-01T10:30:00,,
                +13055550129,,,old,
                +13055550130,,0026-11-01,,
                """);
        assertThat(report).isEqualTo(new ImportReport(8, 3, 0, 0, 5, files.resolve("leads.rejected.csv")));
        String shown =
                "SELECT COALESCE(grade, '-') || ' ' || COALESCE(CAST(consent_at AS VARCHAR(20)), '-') || ' ' || kind"
                        + " || ' ' || COALESCE(extra, '-') FROM lead WHERE e164 = ";
        assertThat(value(database, shown + "13055550123"))
                .isEqualTo(
                        "A " + Instant.parse("2026-11-01T00:00:00Z").toEpochMilli() + " FOLLOW_UP {\"city\":\"Rome\"}");
        assertThat(value(database, shown + "13055550124"))
                .isEqualTo("- " + Instant.parse("2026-11-01T08:30:00Z").toEpochMilli() + " NEW -");
        assertThat(value(database, shown + "13055550125")).isEqualTo("- - NEW -");
        assertThat(Files.readString(files.resolve("leads.rejected.csv")))
                .contains("5,+1305*****26,the grade is longer than 20 characters")
                .contains("6,+1305*****27,consent 01.11.2026 is neither a date")
                .contains("7,+1305*****28,consent 2026-11-01T10:30:00 is neither a date")
                .contains("8,+1305*****29,kind old is neither new nor follow-up")
                .contains("9,+1305*****30,consent 0026-11-01 is neither a date");
    }

    @Test
    void shouldKeepSegmentsAndRejectLongOnes() throws Exception {
        String longest = "fifty".repeat(10);
        ImportReport report = run("""
                phone,Segment,city
                +13055550123, web form ,Rome
                +13055550124,,
                +13055550125,%1$s,
                +13055550126,%1$s1,
                +13055550127,a\0b,
                """.formatted(longest));
        assertThat(report).isEqualTo(new ImportReport(5, 3, 0, 0, 2, files.resolve("leads.rejected.csv")));
        String shown =
                "SELECT COALESCE(segment, '-') || ' ' || COALESCE(extra, '-') || grade_key FROM lead WHERE e164 = ";
        assertThat(value(database, shown + "13055550123")).isEqualTo("web form {\"city\":\"Rome\"}");
        assertThat(value(database, shown + "13055550124")).isEqualTo("- -");
        assertThat(value(database, shown + "13055550125")).isEqualTo(longest + " -");
        assertThat(Files.readString(files.resolve("leads.rejected.csv")))
                .contains("5,+1305*****26,the segment is longer than 50 characters")
                .contains("6,+1305*****27,the segment has a NUL character");
    }

    @Test
    void shouldReadSemicolonsAndAByteOrderMark() throws Exception {
        assertThat(run("\uFEFFtel;name\r\n+13055550123;Ada, Countess\r\n").added())
                .isEqualTo(1);
        assertThat(value(database, "SELECT name FROM lead")).isEqualTo("Ada, Countess");
    }

    @Test
    void shouldCountLinesOverQuotedLineBreaks() throws Exception {
        run("phone,note\n+13055550123,\"one\ntwo\"\nbad,x\n");
        assertThat(Files.readString(files.resolve("leads.rejected.csv"))).contains("\n4,");
    }

    @Test
    void shouldImportMoreThanABatchAndTellHowFarItIs() throws Exception {
        StringBuilder text = new StringBuilder("phone\n");
        for (int i = 0; i < 25_000; i++) {
            text.append("+1305").append(2_000_000 + i).append('\n');
        }
        Path file = files.resolve("leads.csv");
        Files.writeString(file, text);
        AtomicLong rows = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        ImportReport report = run(file, (atRow, atByte, totalBytes) -> {
            assertThat(atRow).isGreaterThanOrEqualTo(rows.getAndSet(atRow));
            assertThat(atByte).isLessThanOrEqualTo(totalBytes);
            bytes.set(atByte);
        });
        assertThat(report.added()).isEqualTo(25_000);
        assertThat(rows).hasValue(25_000);
        assertThat(bytes).hasValue(Files.size(file));
    }

    @Test
    void shouldSayWhichFileOrColumnIsMissing() {
        assertThatThrownBy(() -> run(files.resolve("no.csv"), ImportProgress.NONE))
                .isInstanceOf(CsvException.class)
                .hasMessageEndingWith("no.csv does not exist");
        assertThatThrownBy(() -> run(files, ImportProgress.NONE))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("is not a file");
        assertThatThrownBy(() -> run("first,last\nAda,Lovelace\n"))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("has no phone column: its columns are first, last");
        assertThatThrownBy(() -> run("")).isInstanceOf(CsvException.class).hasMessageContaining("is empty");
    }

    @Test
    void shouldSayInWhichLineAQuoteIsNotClosed() {
        assertThatThrownBy(() -> run("phone,name\n+13055550123,Ada\n+13055550124,\"Bob\n"))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining(".csv line 3: a quote is not closed");
    }
}
