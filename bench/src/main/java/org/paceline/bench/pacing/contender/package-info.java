/** Ways to pace that the lab compares: the dialer's own, other dialers' rules, and pacers to whom an oracle speaks. */
@NullMarked
package org.paceline.bench.pacing.contender;

import org.jspecify.annotations.NullMarked;
