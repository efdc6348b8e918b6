package org.paceline.bench.measure;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Prints one line a second while a run goes on.
 *
 * <p>Thread: its own, {@code bench-progress}; {@link #close} from the one that started it.
 */
public final class Progress implements AutoCloseable {
    private final PrintWriter out;
    private final LongFunction<String> line;
    private final Thread thread =
            Thread.ofPlatform().name("bench-progress").daemon().unstarted(this::run);
    private volatile boolean closed;

    private Progress(PrintWriter out, LongFunction<String> line) {
        this.out = out;
        this.line = line;
    }

    /** @param line given the seconds since the start, says how things stand */
    public static Progress start(PrintWriter out, LongFunction<String> line) {
        Progress progress = new Progress(out, line);
        progress.thread.start();
        return progress;
    }

    private void run() {
        long next = System.nanoTime();
        for (long second = 1; !closed; second++) {
            next += 1_000_000_000L;
            try {
                long wait = next - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
            } catch (InterruptedException e) {
                return; // closed
            }
            out.println(line.apply(second));
            out.flush();
        }
    }

    /** Prints nothing from now on; waits for a line that is being made. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
