/** Past calls as the daemon exports them, and a scenario fitted to them: chances of an answer, laws of times, agents. */
@NullMarked
package org.paceline.bench.pacing.history;

import org.jspecify.annotations.NullMarked;
