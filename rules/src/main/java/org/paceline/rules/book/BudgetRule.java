package org.paceline.rules.book;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.Budget;
import org.paceline.rules.BudgetFacts;
import org.paceline.rules.DialRequest;
import org.paceline.rules.Money;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;

/**
 * Refuses a call that could cost more than is left of the month's budget. While money is reserved for calls that are
 * not over, some of it may come back; then the refusal asks to be judged again soon rather than next month.
 */
record BudgetRule(String source, Budget budget, ZoneId zone) implements Rule {
    static final long ASK_AGAIN_MILLIS = 30_000;

    @Override
    public RuleId id() {
        return RuleId.BUDGET_MONTH;
    }

    @Override
    public String figure() {
        return Money.text(budget.limitMicros()) + " a month";
    }

    @Override
    public String citation() {
        return budget.citation();
    }

    @Override
    public @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        BudgetFacts facts = request.budget();
        if (facts.priceMicros() == BudgetFacts.NO_RATE) {
            return refused("no tariff has a rate for the number, so its cost is not known", Refused.NEVER);
        }
        long left = facts.leftMicros(budget.limitMicros());
        if (facts.priceMicros() <= left) {
            return null;
        }
        boolean mayComeBack = facts.priceMicros() <= left + facts.reservedMicros();
        return refused(
                Money.text(Math.max(0, left)) + " left of " + figure() + ", and the call may cost "
                        + Money.text(facts.priceMicros())
                        + (mayComeBack ? "; " + Money.text(facts.reservedMicros()) + " is reserved for calls" : ""),
                mayComeBack ? request.atEpochMillis() + ASK_AGAIN_MILLIS : nextMonth(zone, request.atEpochMillis()));
    }

    /** Returns when the next month begins, epoch milliseconds. */
    static long nextMonth(ZoneId zone, long epochMillis) {
        LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(epochMillis), zone);
        return today.withDayOfMonth(1)
                .plusMonths(1)
                .atStartOfDay(zone)
                .toInstant()
                .toEpochMilli();
    }
}
