/** Scenarios: a public, its agents and the limits of the dialer, as files say it. */
@NullMarked
package org.paceline.bench.pacing.scenario;

import org.jspecify.annotations.NullMarked;
