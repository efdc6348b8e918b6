package org.paceline.dialer.engine;

import java.util.List;
import java.util.function.Function;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.AbandonmentTerms.ClockStart;
import org.paceline.rules.CapLimit;
import org.paceline.rules.DialRequest;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.RuleBook;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict;

/** Says what a test wants said; permits by default. */
public final class FakeRules implements RuleBook {
    static final Verdict PERMITTED = new Verdict.Permitted(RecordingDirective.NEVER);

    private Function<DialRequest, Verdict> judgement =
            request -> request.optOut() == null ? PERMITTED : refused("optout", Verdict.Refused.NEVER);
    private List<AbandonmentTerms> abandonments = List.of(AbandonmentTerms.DEFAULT);
    private int agentDayCap = Integer.MAX_VALUE;
    private int capPerDay = Integer.MAX_VALUE;

    static Verdict permitted(RecordingDirective recording) {
        return new Verdict.Permitted(recording);
    }

    static Verdict refused(String ruleId, long retryAtEpochMillis) {
        return new Verdict.Refused(RuleId.of(ruleId), "for a test", "test", retryAtEpochMillis);
    }

    FakeRules judging(Function<DialRequest, Verdict> by) {
        judgement = by;
        return this;
    }

    FakeRules connectWithin(long millis) {
        return abandonments(terms(ClockStart.ANSWER, millis));
    }

    FakeRules abandonments(AbandonmentTerms... each) {
        abandonments = List.of(each);
        return this;
    }

    static AbandonmentTerms terms(ClockStart start, long connectWithinMillis) {
        AbandonmentTerms usual = AbandonmentTerms.DEFAULT;
        return new AbandonmentTerms(
                usual.source(),
                usual.limitRatio(),
                usual.denominator(),
                usual.window(),
                start,
                connectWithinMillis,
                usual.minimumRingMillis(),
                usual.citation());
    }

    FakeRules agentDayCap(int cap) {
        agentDayCap = cap;
        return this;
    }

    /** Refuses the rest of the last 24 hours once the number had so many attempts. */
    FakeRules capPerDay(int cap) {
        capPerDay = cap;
        return this;
    }

    @Override
    public Verdict judge(DialRequest request) {
        long dayAgo = request.atEpochMillis() - 86_400_000;
        if (request.history().countSince(dayAgo) >= capPerDay) {
            long oldest = request.history().at(request.history().size() - capPerDay);
            return refused("cap.number-day", oldest + 86_400_001);
        }
        return judgement.apply(request);
    }

    @Override
    public List<CapLimit> capLimits(DialRequest request) {
        return List.of(
                new CapLimit(RuleId.CAP_NUMBER_DAY, CapLimit.Scope.NUMBER, request.atEpochMillis() - 86_400_000, 3));
    }

    @Override
    public long historyMillis() {
        return 86_400_000;
    }

    @Override
    public int agentDayCap() {
        return agentDayCap;
    }

    @Override
    public List<AbandonmentTerms> abandonments() {
        return abandonments;
    }
}
