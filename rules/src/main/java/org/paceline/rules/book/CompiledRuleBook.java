package org.paceline.rules.book;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.CapLimit;
import org.paceline.rules.DialRequest;
import org.paceline.rules.ExplainedRuleBook;
import org.paceline.rules.Explanation;
import org.paceline.rules.Explanation.Finding;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.Verdict;
import org.paceline.rules.Verdict.Refused;

/**
 * The judge: hours by remembered spans, then every other rule in a row.
 *
 * <p>Thread: any. Permitting allocates nothing unless hours change.
 */
final class CompiledRuleBook implements ExplainedRuleBook {
    /** More rounds than any chain of refusals has; ends a search that would go on for ever. */
    private static final int SEARCH_ROUNDS = 10_000;

    private final List<HoursRule> hours;
    private final Rule[] rules;
    private final NumberCapRule[] numberCaps;
    private final GateCache gates;
    private final Verdict.Permitted permitted;
    private final AbandonmentTerms abandonment;
    private final long historyMillis;

    CompiledRuleBook(
            List<HoursRule> hours, List<Rule> rules, RecordingDirective recording, AbandonmentTerms abandonment) {
        this.hours = List.copyOf(hours);
        this.rules = rules.toArray(Rule[]::new);
        this.numberCaps = rules.stream()
                .filter(NumberCapRule.class::isInstance)
                .map(NumberCapRule.class::cast)
                .toArray(NumberCapRule[]::new);
        this.gates = new GateCache(this.hours);
        this.permitted = new Verdict.Permitted(recording);
        this.abandonment = abandonment;
        long reach = 0;
        for (NumberCapRule cap : numberCaps) {
            reach = Math.max(reach, cap.reachMillis());
        }
        this.historyMillis = reach;
    }

    @Override
    public Verdict judge(DialRequest request) {
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

    @Override
    public List<CapLimit> capLimits(DialRequest request) {
        if (numberCaps.length == 0) {
            return List.of();
        }
        long dayStart = dayStart(request);
        List<CapLimit> limits = new ArrayList<>(numberCaps.length);
        for (NumberCapRule cap : numberCaps) {
            limits.add(cap.limit(request, dayStart));
        }
        return limits;
    }

    @Override
    public long historyMillis() {
        return historyMillis;
    }

    @Override
    public AbandonmentTerms abandonment() {
        return abandonment;
    }

    @Override
    public Explanation explain(DialRequest request) {
        List<Finding> findings = new ArrayList<>();
        List<ZoneId> zones = request.number().zones();
        for (HoursRule rule : hours) {
            findings.addAll(rule.findings(zones, request.atEpochMillis()));
        }
        long dayStart = dayStart(request);
        for (Rule rule : rules) {
            @Nullable Refused refusal = rule.judge(request, dayStart);
            findings.add(new Finding(
                    rule.id().text(),
                    rule.source(),
                    rule.figure(),
                    rule.citation(),
                    rule.isByZone() ? zones : List.of(),
                    refusal));
        }
        return new Explanation(judge(request), findings, nextPermitted(request));
    }

    private long dayStart(DialRequest request) {
        return gates.gate(request.number().zones()).at(request.atEpochMillis()).dayStartEpochMillis();
    }

    /** Each refusal's end is the earliest that its rule permits, so going from end to end skips no permitted moment. */
    private long nextPermitted(DialRequest request) {
        DialRequest asked = request;
        for (int round = 0; round < SEARCH_ROUNDS; round++) {
            if (!(judge(asked) instanceof Refused refusal)) {
                return asked.atEpochMillis();
            }
            if (refusal.retryAtEpochMillis() == Refused.NEVER) {
                return Refused.NEVER;
            }
            asked = later(request, refusal.retryAtEpochMillis());
        }
        return Refused.NEVER;
    }

    private DialRequest later(DialRequest request, long atEpochMillis) {
        return new DialRequest(
                request.number(),
                atEpochMillis,
                request.callerId(),
                request.history(),
                request.optOut(),
                request.standing(),
                isAgentsNextDay(request, atEpochMillis) ? 0 : request.agentAttemptsToday(),
                true);
    }

    private boolean isAgentsNextDay(DialRequest request, long atEpochMillis) {
        for (Rule rule : rules) {
            if (rule instanceof AgentDayRule agentDay && atEpochMillis < agentDay.nextDay(request.atEpochMillis())) {
                return false;
            }
        }
        return true;
    }
}
