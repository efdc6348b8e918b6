/** {@code paceline-bench rules}: what a verdict costs, measured by JMH. */
@NullMarked
package org.paceline.bench.rules;

import org.jspecify.annotations.NullMarked;
