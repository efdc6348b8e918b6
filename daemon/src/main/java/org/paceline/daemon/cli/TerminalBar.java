package org.paceline.daemon.cli;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;

/** A bar of progress, drawn over itself on a terminal. */
public final class TerminalBar {
    private static final int WIDTH = 40;

    private TerminalBar() {}

    /** Whether this process writes to a terminal; elsewhere a bar would fill a log. */
    public static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** {@code [####    ]  50%}, with a carriage return before it. */
    public static String text(double share) {
        double shown = Math.clamp(share, 0, 1);
        int filled = (int) Math.round(shown * WIDTH);
        return String.format(
                Locale.ROOT, "\r[%s%s] %3d%%", "#".repeat(filled), " ".repeat(WIDTH - filled), Math.round(shown * 100));
    }
}
