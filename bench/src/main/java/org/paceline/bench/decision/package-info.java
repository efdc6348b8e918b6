/** The cost of one decision of the predictive pacer. */
@NullMarked
package org.paceline.bench.decision;

import org.jspecify.annotations.NullMarked;
