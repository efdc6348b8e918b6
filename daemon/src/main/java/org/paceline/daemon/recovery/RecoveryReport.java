package org.paceline.daemon.recovery;

/**
 * The findings of a recovery.
 *
 * @param interruptedAttempts attempts in doubt, now {@code INTERRUPTED}
 * @param leadsRetried how many of their leads are tried again
 * @param leadsDone how many of their leads had their last attempt
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
