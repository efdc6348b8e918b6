/** {@code paceline-bench rules}: the cost of a verdict, measured by JMH. */
@NullMarked
package org.paceline.bench.rules;

import org.jspecify.annotations.NullMarked;
