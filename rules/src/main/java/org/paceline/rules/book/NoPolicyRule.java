package org.paceline.rules.book;

import java.util.Collection;
import java.util.List;
import org.paceline.rules.DialRequest;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;
import org.paceline.rules.policy.Policy;
import org.paceline.rules.policy.PolicyLibrary;

/** Refuses a number that none of the campaign's policies binds: nobody has considered its place. */
record NoPolicyRule(String source, String policies) implements Rule {

    /** The built-in policies, read when the first such number comes. */
    private static final class BuiltIn {
        static final Collection<Policy> POLICIES = PolicyLibrary.builtIn().all();

        static List<String> binding(PhoneNumber number) {
            return POLICIES.stream()
                    .filter(policy ->
                            policy.appliesTo() != null && policy.appliesTo().binds(number))
                    .map(Policy::id)
                    .toList();
        }
    }

    @Override
    public RuleId id() {
        return RuleId.POLICY_NONE;
    }

    @Override
    public String figure() {
        return "only where one of " + policies + " applies";
    }

    @Override
    public String citation() {
        return source;
    }

    @Override
    public Refused judge(DialRequest request, long dayStartEpochMillis) {
        PhoneNumber number = request.number();
        String place = number.region().equals(NumberPlan.NO_REGION) ? "the number's place" : number.region();
        List<String> binding = BuiltIn.binding(number);
        String advice = binding.isEmpty()
                ? "no policy comes with Paceline for it: write one, and name it under policies"
                : "name " + String.join(" and ", binding) + " under policies, or one of your own";
        return refused("none of " + policies + " applies to " + place + "; " + advice, Refused.NEVER);
    }
}
