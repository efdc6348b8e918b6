package org.paceline.dialer.port;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.budget.Spent;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.CallId;
import org.paceline.rules.RuleId;

/**
 * Makes attempts durable before they are dialled, and enforces their caps over all nodes and runs.
 *
 * <p>Thread: {@code dialer-journal} only; may block.
 */
public interface AttemptJournal {

    /**
     * Stores a batch in one transaction. An attempt over a cap or its budget is not stored; the rest of the batch
     * is. Two attempts to one number in one batch count against each other. Recording the same {@link CallId} again
     * changes nothing and returns the same, so that a batch whose commit was in doubt can be given again.
     *
     * @return one entry for each attempt, in order: null where it is stored, else the cap or budget that stood
     *     against it
     * @throws JournalUnavailableException when the database did not take the batch: either nothing is stored or that
     *     is in doubt, and the same batch is given again
     */
    List<@Nullable CapReached> append(List<Attempt> batch) throws JournalUnavailableException;

    /**
     * Takes stored attempts that were not sent out of all counts, in one transaction, and keeps what they
     * were to be and why they were not sent. An attempt that has ended otherwise, or was taken back before, is left as
     * it is, so that a batch whose commit was in doubt can be given again.
     *
     * @throws JournalUnavailableException as above
     */
    void takeBack(List<Effect.TakeBack> batch) throws JournalUnavailableException;

    /**
     * A cap, or a budget, that stood against an attempt in SQL.
     *
     * @param rule of the {@link org.paceline.rules.CapLimit}; {@link RuleId#IN_FLIGHT} when another node has the number on
     *     the line
     * @param attemptsEpochMillis the times of the attempts that the database knows within the caps' periods
     * @param spentElsewhere for {@code budget.month}, what other runs and nodes took of the budget; else null
     */
    record CapReached(
            RuleId rule,
            List<Long> attemptsEpochMillis,
            @Nullable Spent spentElsewhere) {

        /** A cap on attempts. */
        public CapReached(RuleId rule, List<Long> attemptsEpochMillis) {
            this(rule, attemptsEpochMillis, null);
        }
    }

    /** The database did not answer, or said no for a reason that may pass. */
    final class JournalUnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        public JournalUnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
