package org.paceline.rules.book;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.DialRequest;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;
import org.paceline.rules.policy.GradePlan;

/** Lets only leads of the grades that the campaign names be dialled, as often as their grade's plan says. */
record GradeRule(String source, Map<String, GradePlan> plans) implements Rule {

    @Override
    public RuleId id() {
        return RuleId.LEAD_GRADE;
    }

    @Override
    public String figure() {
        return plans.entrySet().stream()
                .map(plan -> plan.getKey() + ": " + plan.getValue().attempts() + " attempts")
                .collect(Collectors.joining(", "));
    }

    @Override
    public String citation() {
        return source;
    }

    @Override
    public @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        String grade = request.lead().grade();
        GradePlan plan = grade == null ? null : plans.get(grade);
        if (plan == null) {
            return refused(
                    grade == null
                            ? "a lead without a grade, and only " + String.join(", ", plans.keySet()) + " are dialled"
                            : "grade " + grade + " is not dialled",
                    Refused.NEVER);
        }
        return request.lead().attempts() < plan.attempts()
                ? null
                : refused("at most " + plan.attempts() + " attempts for grade " + grade, Refused.NEVER);
    }
}
