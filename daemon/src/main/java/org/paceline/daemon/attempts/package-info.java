/**
 * Attempts: made durable, and their caps enforced in SQL, before they are dialled; how they ended, and who reads them.
 *
 * <p>Tables: {@code attempt}, {@code callee}, {@code cap_holder}, {@code not_sent}. Read besides: {@code lead}, for how often a lead failed
 * whose call is in doubt; {@code node}, for attempts of runs that are over.
 *
 * <p>What the journal does for a batch ({@link org.paceline.daemon.attempts.SqlAttemptJournal}, {@code KnownNumbers}, {@code
 * CapHolders}, {@code KeptCount}) and the ends of attempts are plain JDBC: each attempt passes there, the first between a free
 * agent and the INVITE. The other statements are Jdbi's.
 */
@NullMarked
package org.paceline.daemon.attempts;

import org.jspecify.annotations.NullMarked;
