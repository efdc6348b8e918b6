package org.paceline.rules;

/** A rule book that can say why. */
public interface ExplainedRuleBook extends RuleBook {

    /** Judges one dial by every rule and tells of each; slower than {@link #judge} and for people. */
    Explanation explain(DialRequest request);
}
