package org.paceline.daemon.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Shows how much of some work is done, its share, and the time that the rest will take: a bar drawn over itself on a
 * terminal, elsewhere a line at most every ten seconds.
 *
 * <p>Thread: any.
 */
public final class ProgressBar {
    private static final int WIDTH = 40;
    private static final long LINE_NANOS = 10_000_000_000L;
    private static final long DRAW_NANOS = 200_000_000L;

    /** Added before rounding down: 29 of 100 are 29 %, though 0.29 · 100 is a little less. */
    private static final double ROUNDING = 1e-9;

    private final PrintWriter out;
    private final String unit;
    private final long total;
    private final boolean drawn;
    private final LongSupplier nanos;
    private final long startNanos;
    private long shownNanos;
    private long done;
    private double share;
    private String counts = "";
    private int width;

    /**
     * @param unit the unit of the work, {@code days}
     * @param total how many units there are, for {@link #step}
     */
    public static ProgressBar start(PrintWriter out, String unit, long total) {
        return new ProgressBar(out, unit, total, isTerminal(), System::nanoTime);
    }

    /** Starts a bar for work whose total is not known in its unit, for {@link #at}. */
    static ProgressBar start(PrintWriter out, String unit) {
        return start(out, unit, Long.MAX_VALUE);
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

    /** Whether this process writes to a terminal; elsewhere a bar would fill a log. */
    static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** Counts one more unit as done. */
    public synchronized void step() {
        done++;
        at((double) done / total, String.format(Locale.ROOT, "%,d of %,d %s", done, total, unit));
    }

    /**
     * Sets how many are done, and the share of the work that this is.
     *
     * @param reached the share, 0 to 1
     */
    synchronized void at(double reached, long count) {
        at(reached, String.format(Locale.ROOT, "%,d %s", count, unit));
    }

    private void at(double reached, String soFar) {
        share = Math.clamp(reached, 0, 1);
        counts = soFar;
        long now = nanos.getAsLong();
        if (now - shownNanos >= (drawn ? DRAW_NANOS : LINE_NANOS) && share < 1) {
            shownNanos = now;
            show(now);
        }
    }

    /** Prints a line of its own, and the bar again below it. */
    public synchronized void println(String line) {
        clear();
        out.println(line);
        if (drawn && share < 1) {
            show(nanos.getAsLong());
        }
        out.flush();
    }

    /** Leaves the bar as it is, and goes on below it. */
    synchronized void end() {
        if (drawn) {
            show(nanos.getAsLong());
            out.println();
            out.flush();
        }
    }

    private void show(long now) {
        String left = left(now);
        if (drawn) {
            int filled = (int) Math.round(share * WIDTH);
            String text = String.format(
                    Locale.ROOT,
                    "[%s%s] %3d%% %s%s",
                    "#".repeat(filled),
                    " ".repeat(WIDTH - filled),
                    Math.round(share * 100),
                    counts,
                    left);
            out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
            width = text.length();
        } else {
            out.println(String.format(Locale.ROOT, "%3d%% %s%s", (int) (100 * share + ROUNDING), counts, left));
        }
        out.flush();
    }

    private String left(long now) {
        if (share == 0 || share == 1) {
            return "";
        }
        Duration left = Duration.ofNanos(Math.round((now - startNanos) * (1 - share) / share));
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
