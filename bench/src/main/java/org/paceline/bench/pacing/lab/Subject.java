package org.paceline.bench.pacing.lab;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.pacing.history.FittedLaws;
import org.paceline.bench.pacing.scenario.Scenario;

/**
 * A scenario with the teams and days that it is run for.
 *
 * @param teams sizes of teams, at least one
 * @param hours length of a day
 * @param days length of a run
 * @param actual how the days that the scenario was fitted to went, or null where there were none
 */
public record Subject(
        Scenario scenario, List<Integer> teams, double hours, int days, FittedLaws.@Nullable Actual actual) {}
