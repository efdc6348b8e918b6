/** {@code paceline-bench donotcall}: the engine's cost of a do-not-call list of millions. */
@NullMarked
package org.paceline.bench.donotcall;

import org.jspecify.annotations.NullMarked;
