/**
 * Attempts: made durable, and their caps enforced in SQL, before they are dialled; how they ended, and who reads them.
 *
 * <p>Tables: {@code attempt}, {@code callee}, {@code cap_holder}, {@code not_sent}. Read besides: {@code lead}, for how often a lead failed
 * whose call is in doubt; {@code node}, for attempts of runs that are over.
 */
@NullMarked
package org.paceline.daemon.attempts;

import org.jspecify.annotations.NullMarked;
