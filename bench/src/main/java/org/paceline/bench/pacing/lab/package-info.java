/** What the lab runs: which days, with which settings, and the search for factors in hindsight. */
@NullMarked
package org.paceline.bench.pacing.lab;

import org.jspecify.annotations.NullMarked;
