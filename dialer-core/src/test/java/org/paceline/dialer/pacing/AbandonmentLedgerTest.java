package org.paceline.dialer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.AbandonmentTerms.ClockStart;
import org.paceline.rules.AbandonmentTerms.Denominator;
import org.paceline.rules.AbandonmentTerms.Window;

class AbandonmentLedgerTest {
    private static final long DAY = 86_400_000;

    @Test
    void shouldForgetWhatLeftTheWindow() {
        AbandonmentLedger ledger =
                new AbandonmentLedger(terms(new Window.Rolling(DAY), Denominator.ANSWERED_BY_PERSON), ZoneId.of("UTC"));
        ledger.answered(0);
        ledger.abandoned(0);
        ledger.answered(DAY / 2);
        assertThat(ledger.abandonedRatio()).isEqualTo(0.5);

        ledger.advance(DAY - 1);
        assertThat(ledger.abandoned()).isEqualTo(1);
        ledger.advance(DAY + 120_000);
        assertThat(ledger.abandoned()).isZero();
        assertThat(ledger.answered()).isEqualTo(1);
    }

    @Test
    void shouldKeepCountsWhenTheClockStepsBack() {
        AbandonmentLedger ledger =
                new AbandonmentLedger(terms(new Window.Rolling(DAY), Denominator.ANSWERED_BY_PERSON), ZoneId.of("UTC"));
        ledger.answered(2 * DAY);
        ledger.answered(2 * DAY - 3_600_000);
        ledger.advance(2 * DAY);
        assertThat(ledger.answered()).isEqualTo(2);
    }

    @Test
    void shouldBeginAnewWithTheMonthOfTheCallCentre() {
        ZoneId toronto = ZoneId.of("America/Toronto");
        AbandonmentLedger ledger =
                new AbandonmentLedger(terms(new Window.CalendarMonth(), Denominator.ANSWERED_BY_PERSON), toronto);
        long lastEvening = Instant.parse("2026-12-01T03:00:00Z").toEpochMilli();
        ledger.answered(lastEvening);
        ledger.abandoned(lastEvening);
        ledger.advance(Instant.parse("2026-12-01T04:59:00Z").toEpochMilli());
        assertThat(ledger.abandoned()).isEqualTo(1);

        ledger.advance(Instant.parse("2026-12-01T06:00:00Z").toEpochMilli());
        assertThat(ledger.answered()).isZero();
    }

    @Test
    void shouldCountMachinesOnlyWhereThePolicyTakesTheShareOfAllAnswered() {
        AbandonmentLedger all =
                new AbandonmentLedger(terms(new Window.Rolling(DAY), Denominator.ALL_ANSWERED), ZoneId.of("UTC"));
        AbandonmentLedger persons =
                new AbandonmentLedger(terms(new Window.Rolling(DAY), Denominator.ANSWERED_BY_PERSON), ZoneId.of("UTC"));
        all.remember(new AnsweredCalls(DAY, 200, 100, 3));
        persons.remember(new AnsweredCalls(DAY, 200, 100, 3));

        assertThat(all.answered()).isEqualTo(300);
        assertThat(persons.answered()).isEqualTo(200);
        assertThat(all.abandonsLeft()).isEqualTo(6);
        assertThat(persons.abandonsLeft()).isEqualTo(3);
    }

    @Test
    void shouldKeepWhatWasCountedWhenTermsChange() {
        AbandonmentTerms day = terms(new Window.Rolling(DAY), Denominator.ANSWERED_BY_PERSON);
        AbandonmentTerms week = terms(new Window.Rolling(7 * DAY), Denominator.ANSWERED_BY_PERSON);
        AbandonmentBooks books = new AbandonmentBooks(List.of(day), ZoneId.of("UTC"));
        books.answered(0);
        books.abandoned(0);
        books.elsewhere(List.of(new AnsweredCalls(DAY, 9, 0, 1)));
        books.advance(2 * DAY);
        assertThat(books.tightest().abandoned()).isEqualTo(1);

        books.configure(List.of(day, week));
        books.advance(2 * DAY);
        assertThat(books.tightest().terms()).isEqualTo(week);
        assertThat(books.tightest().abandoned()).isEqualTo(2);
        assertThat(books.tightest().answered()).isEqualTo(10);
        books.elsewhere(List.of());
        assertThat(books.tightest().abandoned()).isEqualTo(1);
    }

    private static AbandonmentTerms terms(Window window, Denominator denominator) {
        return new AbandonmentTerms("test", 0.03, denominator, window, ClockStart.ANSWER, 2_000, 15_000, "test");
    }
}
