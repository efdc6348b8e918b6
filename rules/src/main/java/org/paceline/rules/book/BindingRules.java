package org.paceline.rules.book;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.CapLimit;
import org.paceline.rules.DialRequest;
import org.paceline.rules.Explanation.Finding;
import org.paceline.rules.Verdict;
import org.paceline.rules.Verdict.Refused;

/**
 * The rules that bind some numbers: hours by remembered spans, then every other rule in a row.
 *
 * <p>Thread: any. Permitting allocates nothing unless hours change.
 */
final class BindingRules {
    private final List<HoursRule> hours;
    private final Rule[] rules;
    private final LimitedRule[] limited;
    private final GateCache gates;
    private final Verdict.Permitted permitted;

    BindingRules(List<HoursRule> hours, List<Rule> rules, Verdict.Permitted permitted) {
        this.hours = List.copyOf(hours);
        this.rules = rules.toArray(Rule[]::new);
        this.limited = rules.stream()
                .filter(LimitedRule.class::isInstance)
                .map(LimitedRule.class::cast)
                .toArray(LimitedRule[]::new);
        this.gates = new GateCache(this.hours);
        this.permitted = permitted;
    }

    Verdict judge(DialRequest request) {
        ZonesGate.Span span = gates.gate(request.number().zones()).at(request.atEpochMillis());
        Refused refusal = span.refusal();
        for (Rule rule : rules) {
            Refused other = rule.judge(request, span.dayStartEpochMillis());
            if (other != null) {
                refusal = Refusals.later(refusal, other);
            }
        }
        return refusal == null ? permitted : refusal;
    }

    List<CapLimit> capLimits(DialRequest request) {
        if (limited.length == 0) {
            return List.of();
        }
        long dayStart = dayStart(request);
        List<CapLimit> limits = new ArrayList<>(limited.length);
        for (LimitedRule rule : limited) {
            limits.add(rule.limit(request, dayStart));
        }
        return limits;
    }

    List<Finding> findings(DialRequest request) {
        List<Finding> findings = new ArrayList<>();
        List<ZoneId> zones = request.number().zones();
        for (HoursRule rule : hours) {
            findings.addAll(rule.findings(zones, request.atEpochMillis()));
        }
        long dayStart = dayStart(request);
        for (Rule rule : rules) {
            @Nullable Refused refusal = rule.judge(request, dayStart);
            findings.add(new Finding(
                    rule.id(),
                    rule.source(),
                    rule.figure(),
                    rule.citation(),
                    rule.isByZone() ? zones : List.of(),
                    refusal));
        }
        return findings;
    }

    private long dayStart(DialRequest request) {
        return gates.gate(request.number().zones()).at(request.atEpochMillis()).dayStartEpochMillis();
    }
}
