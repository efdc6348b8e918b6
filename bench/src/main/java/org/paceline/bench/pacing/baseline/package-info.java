/** How other dialers pace, by what is published of them, and simple rules: what the production pacers are compared with. */
@NullMarked
package org.paceline.bench.pacing.baseline;

import org.jspecify.annotations.NullMarked;
