package org.paceline.bench.measure;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.report.Figure;
import org.paceline.bench.report.Report;
import org.paceline.bench.report.ReportFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The part that all bench commands have in common: measure, print the figures, write the report. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
public abstract class MeasuringCommand implements Callable<Integer> {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where report.html and summary.json go. Default: bench-results/COMMAND")
    private @Nullable Path out;

    @Spec
    private @Nullable CommandSpec spec;

    /**
     * Measures; lines of progress go to the writer. Throws {@link BenchException} for faults that the user can mend.
     */
    protected abstract Report.Findings measure(PrintWriter progress) throws Exception;

    /** Makes an error for wrong use of this command, in one line. */
    protected final CommandLine.ParameterException wrongUse(String message) {
        return new CommandLine.ParameterException(spec().commandLine(), message);
    }

    /** Refuses a number outside of its bounds as wrong use. */
    public final void require(String option, double value, double from, double to) {
        if (!(value >= from && value <= to)) {
            throw wrongUse(option + "=" + trimmed(value) + ": must be from " + trimmed(from) + " to " + trimmed(to));
        }
    }

    private static String trimmed(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("the command was not made by picocli");
        }
        return spec;
    }

    @Override
    public final Integer call() throws Exception {
        CommandSpec command = spec();
        Path folder = out == null ? Path.of("bench-results", command.name()) : out;
        PrintWriter terminal = command.commandLine().getOut();
        ReportFolder left = ReportFolder.make(folder);
        Instant date = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Report.Findings findings = measure(terminal);
        Report report = Report.here(
                command.name(), command.root().commandLine().getParseResult().originalArgs(), date, findings);
        left.write(report);
        for (Figure figure : report.figures()) {
            terminal.printf("  %-52s %s%n", figure.title(), figure.verdict());
        }
        terminal.println(report.headline());
        terminal.println("report: " + left.page());
        terminal.flush();
        return exitCode(report);
    }

    /** Returns the exit code of a run that was measured: 0, even when it missed a budget. */
    protected int exitCode(Report report) {
        return CommandLine.ExitCode.OK;
    }
}
