/** Call records as the daemon exports them, and what is fitted to them: chances of an answer, laws of times, agents. */
@NullMarked
package org.paceline.bench.pacing.records;

import org.jspecify.annotations.NullMarked;
