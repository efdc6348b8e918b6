package org.paceline.daemon.complaints;

import java.time.Duration;

/**
 * The terms for a complaint that says nothing else.
 *
 * @param owner who has to settle it
 * @param due how soon
 */
public record ComplaintTerms(String owner, Duration due) {
    public static final ComplaintTerms DEFAULT = new ComplaintTerms("supervisors", Duration.ofDays(2));
}
