/**
 * Pacing as other dialers do it, according to what is published of them, and simple rules. The production pacers are
 * compared with these.
 */
@NullMarked
package org.paceline.bench.pacing.baseline;

import org.jspecify.annotations.NullMarked;
