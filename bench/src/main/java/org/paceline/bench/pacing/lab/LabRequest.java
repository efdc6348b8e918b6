package org.paceline.bench.pacing.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.pacing.contender.Contender;

/**
 * A request to the lab. Where a list is empty or a value is null, the lab runs the usual.
 *
 * @param scenarios names or files
 * @param records call records that a scenario is fitted to, beside the others
 * @param teams sizes of teams, for scenarios that have none of their own
 * @param change a change of the pacing; every row is run without and with it
 * @param linesPerAgent lines for each agent in ratio mode; null for the best in hindsight
 * @param hours length of a day
 * @param seeds how many days for each row, at least 1
 * @param days length of a run, with nights between
 * @param window the period that the limit on abandoned calls holds over
 */
public record LabRequest(
        List<String> scenarios,
        @Nullable Path records,
        List<Integer> teams,
        List<Contender> contenders,
        PacingChange change,
        @Nullable Double linesPerAgent,
        @Nullable Double hours,
        int seeds,
        @Nullable Integer days,
        @Nullable Duration window) {}
