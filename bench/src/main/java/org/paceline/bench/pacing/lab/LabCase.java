package org.paceline.bench.pacing.lab;

import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.pacing.contender.Contender;
import org.paceline.bench.pacing.contender.Entrant;
import org.paceline.bench.pacing.world.LabDay;
import org.paceline.dialer.pacing.PacingSettings;

/**
 * A case, which becomes one row: runs of one contender with one team, with seeds 1, 2, ...
 *
 * @param settings the campaign's settings, or null where the contender's factor is looked for in hindsight
 * @param change what was changed in the settings, as in {@link PacingChange#label}, or null where nothing was
 * @param seeds how many runs
 * @param isTraced whether the first run is traced
 */
public record LabCase(
        Subject subject,
        Contender contender,
        int agents,
        @Nullable PacingSettings settings,
        @Nullable String change,
        int seeds,
        boolean isTraced) {

    /** Returns the pacer's label, with what was changed. */
    public String label() {
        return change == null ? contender.label() : contender.label() + " " + change;
    }

    /** The runs, each independent of the others. */
    List<LabDay.Setup> runs(Entrant entrant) {
        return LongStream.rangeClosed(1, seeds)
                .mapToObj(seed -> setup(subject.days(), entrant, seed, isTraced && seed == 1))
                .toList();
    }

    /** The days that a factor is tried on when it is looked for in hindsight, each independent of the others. */
    List<LabDay.Setup> trials(double factor) {
        return LongStream.range(0, Tuning.days(agents))
                .mapToObj(day -> setup(1, Entrant.of(contender, factor), Tuning.FIRST_SEED + day, false))
                .toList();
    }

    private LabDay.Setup setup(int days, Entrant entrant, long seed, boolean traced) {
        return new LabDay.Setup(subject.scenario(), agents, subject.hours(), days, entrant, seed, traced);
    }
}
