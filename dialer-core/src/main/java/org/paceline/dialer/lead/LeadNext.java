package org.paceline.dialer.lead;

import org.jspecify.annotations.Nullable;

/** Says what becomes of a lead that leaves the engine. */
public sealed interface LeadNext {

    /** The lead had its last attempt or reached its goal. */
    record Done() implements LeadNext {}

    /**
     * The lead is offered again, not before that time.
     *
     * @param refusal why it was not dialled, or null after an attempt
     */
    record RetryAt(long epochMillis, @Nullable Refusal refusal) implements LeadNext {}

    /** The lead was not attempted, and is as it was before it was leased. */
    record Untouched() implements LeadNext {}

    /** The lead is refused for good: no later moment makes the dial right. */
    record RefusedForGood(Refusal refusal) implements LeadNext {}
}
