package org.paceline.bench.measure;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.paceline.daemon.cli.TerminalBar;

/**
 * How much of a known amount of work is done, its share, and the time that the rest will take: a bar drawn over itself on a
 * terminal, elsewhere a line at most every ten seconds.
 *
 * <p>Thread: any.
 */
public final class ProgressBar {
    private static final long LINE_NANOS = 10_000_000_000L;
    private static final long DRAW_NANOS = 200_000_000L;

    private final PrintWriter out;
    private final String unit;
    private final long total;
    private final boolean drawn;
    private final LongSupplier nanos;
    private final long startNanos;
    private long shownNanos;
    private long done;
    private int width;

    /** @param unit of the work, {@code days} */
    public static ProgressBar start(PrintWriter out, String unit, long total) {
        return new ProgressBar(out, unit, total, TerminalBar.isTerminal(), System::nanoTime);
    }

    ProgressBar(PrintWriter out, String unit, long total, boolean drawn, LongSupplier nanos) {
        this.out = out;
        this.unit = unit;
        this.total = total;
        this.drawn = drawn;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.shownNanos = startNanos;
    }

    /** One more is done. */
    public synchronized void step() {
        done++;
        long now = nanos.getAsLong();
        if (now - shownNanos >= (drawn ? DRAW_NANOS : LINE_NANOS) && done < total) {
            shownNanos = now;
            show(now);
        }
    }

    /** Prints a line of its own, and the bar again below it. */
    public synchronized void println(String line) {
        clear();
        out.println(line);
        if (drawn && done < total) {
            show(nanos.getAsLong());
        }
        out.flush();
    }

    private void show(long now) {
        String left = left(now);
        if (drawn) {
            String text = TerminalBar.text((double) done / total) + counts() + left;
            int shown = text.length() - 1; // without the carriage return
            out.print(text + " ".repeat(Math.max(0, width - shown)));
            width = shown;
        } else {
            out.println(String.format(Locale.ROOT, "%3d%%", 100 * done / total) + counts() + left);
        }
        out.flush();
    }

    private String counts() {
        return String.format(Locale.ROOT, " %,d of %,d %s", done, total, unit);
    }

    private String left(long now) {
        if (done == 0) {
            return "";
        }
        Duration left = Duration.ofNanos((long) ((now - startNanos) / (double) done * (total - done)));
        return String.format(
                Locale.ROOT, ", %d:%02d:%02d left", left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }

    private void clear() {
        if (drawn && width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            width = 0;
        }
    }
}
