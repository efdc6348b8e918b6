package org.paceline.bench.pacing.world;

import java.util.List;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.CapLimit;
import org.paceline.rules.DialRequest;
import org.paceline.rules.RuleBook;
import org.paceline.rules.Verdict;

/** The verdicts of a real book under a scenario's terms on abandoned calls. */
public record LabRules(RuleBook book, AbandonmentTerms terms) implements RuleBook {
    @Override
    public Verdict judge(DialRequest request) {
        return book.judge(request);
    }

    @Override
    public List<CapLimit> capLimits(DialRequest request) {
        return book.capLimits(request);
    }

    @Override
    public long historyMillis() {
        return book.historyMillis();
    }

    @Override
    public int agentDayCap() {
        return book.agentDayCap();
    }

    @Override
    public List<AbandonmentTerms> abandonments() {
        return List.of(terms);
    }
}
