package org.paceline.daemon.recovery;

/**
 * What a recovery found.
 *
 * @param interruptedAttempts attempts in doubt, now {@code INTERRUPTED}
 * @param leadsRetried of their leads, those that are tried again
 * @param leadsDone of their leads, those that had their last attempt
 * @param budgetsRecounted sums of budgets that did not agree with the attempts
 * @param leasesReleased leads that were leased and not dialled
 * @param sessionsEnded agents' shifts that were left open
 */
public record RecoveryReport(
        int interruptedAttempts,
        int leadsRetried,
        int leadsDone,
        int budgetsRecounted,
        int leasesReleased,
        int sessionsEnded) {

    public boolean isEmpty() {
        return interruptedAttempts == 0 && budgetsRecounted == 0 && leasesReleased == 0 && sessionsEnded == 0;
    }
}
