package org.paceline.daemon.redo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Lives of a node on a simulated disk. To look at one seed, set the system property {@code redo.seed}.
 */
class RedoSimulationTest {
    private static final int RUNS = 10_000;
    private static final int DAMAGE_RUNS = 3_000;

    @Test
    void shouldKeepWhatWasPromisedWhenProcessesAndMachinesDie() {
        SimulationCounts counts = new SimulationCounts();
        each(RUNS, seed -> new SimulatedNode(seed, counts).live());
        System.out.println("redo simulation: " + counts);
        assertThat(counts.hardships()).allMatch(often -> often > 0);
    }

    @Test
    void shouldReportDamageOrLoseNothingWhenAFileIsDamaged() {
        SimulationCounts counts = new SimulationCounts();
        each(DAMAGE_RUNS, seed -> {
            SimulatedNode node = new SimulatedNode(seed, counts);
            node.live();
            node.kill();
            String damage = node.damage();
            try {
                node.start();
            } catch (DamageException e) {
                counts.stops++;
                assertThat(e.getMessage()).contains("/simulated/");
            } catch (AssertionError e) {
                if (node.told().isEmpty()) {
                    throw new AssertionError("not reported: damage of " + damage + ": " + e.getMessage(), e);
                }
            }
        });
        System.out.println("redo damage: " + counts);
        assertThat(counts.stops).isGreaterThan(1);
    }

    private interface Run {
        void run(long seed) throws IOException;
    }

    /** Runs all seeds, or the first that fails; the others are named as well, so that one run tells most. */
    private static void each(int runs, Run run) {
        Long only = Long.getLong("redo.seed");
        Map<Long, Throwable> failed = new TreeMap<>();
        for (long seed = only == null ? 1 : only; seed <= (only == null ? runs : only) && failed.size() < 5; seed++) {
            try {
                run.run(seed);
            } catch (IOException | RuntimeException | AssertionError e) {
                failed.put(seed, e);
            }
        }
        if (!failed.isEmpty()) {
            StringBuilder all = new StringBuilder();
            failed.forEach((seed, e) -> all.append("seed=")
                    .append(seed)
                    .append(": ")
                    .append(e.getMessage())
                    .append('\n'));
            throw new AssertionError(all.toString(), failed.values().iterator().next());
        }
    }
}
