package org.paceline.rules;

/** The judge's verdict on one dial. */
public sealed interface Verdict {

    /**
     * The dial may be made. Instances are shared, one for each directive, so that a permitted dial allocates nothing.
     */
    record Permitted(RecordingDirective recording) implements Verdict {}

    /**
     * The dial must not be made.
     *
     * @param rule the deciding rule
     * @param reason one line for people, with the figure that decided and without the number
     * @param citation the source of the rule: a regulation, or the policy or campaign file that set it
     * @param retryAtEpochMillis the earliest moment at which this rule would permit it; {@link #NEVER} for none
     */
    record Refused(RuleId rule, String reason, String citation, long retryAtEpochMillis) implements Verdict {
        /** No later moment makes the dial right; only a person or a change of configuration does. */
        public static final long NEVER = Long.MAX_VALUE;
    }
}
