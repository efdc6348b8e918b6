/** The output of a run: its figures beside their budgets, as {@code summary.json} and as a page with charts. */
@NullMarked
package org.paceline.bench.report;

import org.jspecify.annotations.NullMarked;
