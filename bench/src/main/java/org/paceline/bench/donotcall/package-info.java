/** {@code paceline-bench donotcall}: what a do-not-call list of millions costs the engine. */
@NullMarked
package org.paceline.bench.donotcall;

import org.jspecify.annotations.NullMarked;
