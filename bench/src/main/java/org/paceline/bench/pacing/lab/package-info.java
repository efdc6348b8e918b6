/**
 * The lab itself: its request, the plan of its cases, the runner, the search for factors in hindsight, and the results.
 */
@NullMarked
package org.paceline.bench.pacing.lab;

import org.jspecify.annotations.NullMarked;
