/** The results of the days: rows, tables, charts. */
@NullMarked
package org.paceline.bench.pacing.report;

import org.jspecify.annotations.NullMarked;
