package org.paceline.dialer.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.lead.LeadNext;

class RetryPlanTest {
    private static final long NOW = 1_795_000_000_000L;
    private static final long QUARTER = 15 * 60_000L;

    private final RetryPlan plan = new RetryPlan(3, Map.of(Outcome.BUSY, 60_000L, Outcome.TRUNK_FAILED, QUARTER));

    @Test
    void shouldEndLeadAtItsLastAttemptByTheCallee() {
        assertThat(plan.after(Outcome.BUSY, Fault.CALLEE, 2, 0, NOW))
                .isEqualTo(new LeadNext.RetryAt(NOW + 60_000, null));
        assertThat(plan.after(Outcome.BUSY, Fault.CALLEE, 3, 0, NOW)).isEqualTo(new LeadNext.Done());
    }

    @Test
    void shouldGiveLeadBackAfterTheTrunksFaultHoweverManyAttemptsItHad() {
        assertThat(plan.after(Outcome.TRUNK_FAILED, Fault.TRUNK, 3, 0, NOW))
                .isEqualTo(new LeadNext.RetryAt(NOW + QUARTER, null));
    }

    @Test
    void shouldDoubleTheWaitWithEachFaultUpToADay() {
        assertThat(plan.after(Outcome.TRUNK_FAILED, Fault.TRUNK, 1, 3, NOW))
                .isEqualTo(new LeadNext.RetryAt(NOW + 8 * QUARTER, null));
        assertThat(plan.after(Outcome.TRUNK_FAILED, Fault.US, 1, 1_000, NOW))
                .isEqualTo(new LeadNext.RetryAt(NOW + 24 * 3_600_000L, null));
    }

    @Test
    void shouldNeverShortenADelayOfMoreThanADay() {
        RetryPlan slow = new RetryPlan(3, Map.of(Outcome.ABANDONED, 3 * 24 * 3_600_000L));
        assertThat(slow.after(Outcome.ABANDONED, Fault.US, 1, 9, NOW))
                .isEqualTo(new LeadNext.RetryAt(NOW + 3 * 24 * 3_600_000L, null));
    }
}
