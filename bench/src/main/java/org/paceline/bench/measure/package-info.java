/** How runs are measured and shown while they go on: latencies from planned times, a line a second, CPU time. */
@NullMarked
package org.paceline.bench.measure;

import org.jspecify.annotations.NullMarked;
