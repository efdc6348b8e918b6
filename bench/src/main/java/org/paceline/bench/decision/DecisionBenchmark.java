package org.paceline.bench.decision;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.Pacer;

/**
 * One decision of the predictive pacer on a floor that has been busy for half an hour; half a second passes between two
 * decisions, outside of what is measured.
 *
 * <p>Thread: JMH's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecisionBenchmark {
    private static final long SEED = 1;
    private static final int WARM_STEPS = 3_600;

    /** How many agents are signed in. */
    @Param({"5", "20", "50", "200", "1000"})
    public int agents;

    private final Pacer pacer = Pacer.of(DialMode.PREDICTIVE);
    private DecisionFloor floor = new DecisionFloor(1, SEED);
    private int planned;

    @Setup(Level.Trial)
    public void begin() {
        floor = new DecisionFloor(agents, SEED);
        for (int step = 0; step < WARM_STEPS; step++) {
            decide();
            pass();
        }
    }

    @Setup(Level.Invocation)
    public void pass() {
        floor.step(pacer, planned);
    }

    @Benchmark
    public int decide() {
        planned = pacer.callsToPlace(floor);
        return planned;
    }
}
