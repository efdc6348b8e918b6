package org.paceline.dialer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AbandonmentLedgerTest {
    private static final long DAY = 86_400_000;

    @Test
    void shouldForgetWhatLeftTheWindow() {
        AbandonmentLedger ledger = new AbandonmentLedger(DAY);
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
        AbandonmentLedger ledger = new AbandonmentLedger(DAY);
        ledger.answered(2 * DAY);
        ledger.answered(2 * DAY - 3_600_000);
        ledger.advance(2 * DAY);
        assertThat(ledger.answered()).isEqualTo(2);
    }
}
