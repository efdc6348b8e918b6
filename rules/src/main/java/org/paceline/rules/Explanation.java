package org.paceline.rules;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a dial is permitted or refused: every rule that was judged.
 *
 * @param verdict what {@link RuleBook#judge} says
 * @param findings the result of every rule of the book: hours by policy, then the others by policy
 * @param notBinding the policies of the campaign that do not bind the number, because it belongs to another place
 * @param nextPermittedAtEpochMillis the first moment, at or after the request's, at which all rules permit, epoch
 *     milliseconds, supposing no further attempts and that recordings can then be written; {@link
 *     Verdict.Refused#NEVER} for none
 */
public record Explanation(
        Verdict verdict, List<Finding> findings, List<String> notBinding, long nextPermittedAtEpochMillis) {

    public Explanation {
        findings = List.copyOf(findings);
        notBinding = List.copyOf(notBinding);
    }

    /**
     * One rule as it was judged.
     *
     * @param rule the rule that was asked
     * @param source the policy or campaign that sets it
     * @param figure what the rule allows: {@code mon-fri 10:00-13:00 14:00-20:00}, {@code 3 in 24h}
     * @param citation the law or file that sets it
     * @param zones the time zones that it was judged in; empty where time zones do not matter to it
     * @param refusal the refusal, or null where it permits
     */
    public record Finding(
            RuleId rule,
            String source,
            String figure,
            String citation,
            List<ZoneId> zones,
            Verdict.@Nullable Refused refusal) {}
}
