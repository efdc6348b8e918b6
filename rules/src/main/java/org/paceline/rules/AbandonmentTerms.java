package org.paceline.rules;

/**
 * What the policies say of abandoned calls, the strictest of several.
 *
 * @param limitRatio largest share of answered calls that may be abandoned, 0–1 (0.03 = 3 %)
 * @param connectWithinMillis how long after the answer an agent must be on the line, milliseconds
 * @param windowMillis the period that the share is taken over, milliseconds
 * @param minimumRingMillis no unanswered call is ended before it rang so long, milliseconds
 * @param citation where the limit stands
 */
public record AbandonmentTerms(
        double limitRatio, long connectWithinMillis, long windowMillis, long minimumRingMillis, String citation) {}
