/**
 * Attempts: they are made durable, and their caps enforced in SQL, before they are dialled; and how they ended.
 *
 * <p>Tables: {@code attempt}, {@code callee}, {@code cap_holder}, {@code not_sent}. It also reads {@code lead}, for how
 * often a lead whose call is in doubt failed, and {@code node}, for attempts of runs that are over.
 *
 * <p>The journal's statements for a batch ({@link org.paceline.daemon.attempts.SqlAttemptJournal}, {@code
 * KnownNumbers}, {@code CapHolders}, {@code KeptCount}) and the ends of attempts are plain JDBC: every attempt goes
 * through them, the former between a free agent and the INVITE. The other statements are Jdbi's.
 */
@NullMarked
package org.paceline.daemon.attempts;

import org.jspecify.annotations.NullMarked;
