/** The lab itself: what it is asked for, the plan of its cases, the runner, the search for factors in hindsight, what came of it. */
@NullMarked
package org.paceline.bench.pacing.lab;

import org.jspecify.annotations.NullMarked;
