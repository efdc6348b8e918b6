/** {@code paceline-bench engine}: the latency of one event, and of the way from a free agent to a dialled call. */
@NullMarked
package org.paceline.bench.engine;

import org.jspecify.annotations.NullMarked;
