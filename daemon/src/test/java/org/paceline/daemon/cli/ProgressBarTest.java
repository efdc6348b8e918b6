package org.paceline.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private static final long SECOND = 1_000_000_000L;

    private final StringWriter out = new StringWriter();
    private final AtomicLong nanos = new AtomicLong(42);

    @Test
    void shouldPrintALineEveryTenSecondsOrSoWhereThereIsNoTerminal() {
        ProgressBar bar = bar(false);
        for (int i = 0; i < 40; i++) {
            nanos.addAndGet(3 * SECOND);
            bar.step();
        }
        assertThat(out.toString().lines())
                .hasSize(9)
                .startsWith(" 10% 4 of 40 runs, 0:01:48 left")
                .contains(" 90% 36 of 40 runs, 0:00:12 left");
    }

    @Test
    void shouldDrawOverItselfOnATerminal() {
        ProgressBar bar = bar(true);
        nanos.addAndGet(10 * SECOND);
        bar.step();
        assertThat(out.toString()).isEqualTo("\r[#" + " ".repeat(39) + "]   3% 1 of 40 runs, 0:06:30 left");
        bar.println("a line of its own");
        assertThat(out.toString())
                .contains("\r" + " ".repeat(out.toString().indexOf("left") + 3) + "\ra line of its own\n");
        assertThat(out.toString()).endsWith("left");
    }

    @Test
    void shouldDrawAnImportByItsBytesAndEndTheLineOnce() {
        ImportTerminal terminal = new ImportTerminal(bar("rows", true));
        nanos.addAndGet(10 * SECOND);
        terminal.at(1_234, 500, 2_000);
        terminal.at(5_000, 2_000, 2_000);
        assertThat(out.toString())
                .isEqualTo("\r[" + "#".repeat(10) + " ".repeat(30) + "]  25% 1,234 rows, 0:00:30 left\r["
                        + "#".repeat(40) + "] 100% 5,000 rows" + " ".repeat(", 0:00:30 left".length()) + "\n");
    }

    @Test
    void shouldSayNothingOfAnImportWhereThereIsNoTerminal() {
        new ImportTerminal((ProgressBar) null).at(5_000, 2_000, 2_000);
        assertThat(out.toString()).isEmpty();
    }

    private ProgressBar bar(boolean drawn) {
        return bar("runs", drawn);
    }

    private ProgressBar bar(String unit, boolean drawn) {
        return new ProgressBar(new PrintWriter(out), unit, 40, drawn, nanos::get);
    }
}
