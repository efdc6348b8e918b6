/** {@code paceline-bench storage}: whether this machine and disk keep what was committed when processes are killed. */
@NullMarked
package org.paceline.bench.storage;

import org.jspecify.annotations.NullMarked;
