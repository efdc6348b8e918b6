/** What one decision of the predictive pacer costs. */
@NullMarked
package org.paceline.bench.decision;

import org.jspecify.annotations.NullMarked;
