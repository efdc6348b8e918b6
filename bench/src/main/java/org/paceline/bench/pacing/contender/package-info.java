/**
 * Ways to pace that the lab compares: the dialer's own pacers, other dialers' rules, and pacers that an oracle tells
 * the future.
 */
@NullMarked
package org.paceline.bench.pacing.contender;

import org.jspecify.annotations.NullMarked;
