package org.paceline.rules;

/** A rule book that can explain its verdicts. */
public interface ExplainedRuleBook extends RuleBook {

    /** Judges one dial by every rule and tells the result of each; slower than {@link #judge}, and meant for people. */
    Explanation explain(DialRequest request);
}
