package org.paceline.bench.pacing.lab;

import org.jspecify.annotations.Nullable;
import org.paceline.bench.pacing.report.LabRow;
import org.paceline.bench.pacing.world.DayTrace;

/**
 * The result of a case.
 *
 * @param trace the trace of its first run, or null where the case is not traced
 */
public record CaseResult(LabCase of, LabRow row, @Nullable DayTrace trace) {}
