package org.paceline.daemon.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.csv.CsvException;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.demo.Demo;
import org.paceline.daemon.demo.DemoOptions;
import org.paceline.daemon.demo.DemoSummary;
import org.paceline.daemon.logging.Logs;
import org.paceline.daemon.run.StartException;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.port.AttemptJournal.JournalUnavailableException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code paceline demo}. */
@Command(
        name = "demo",
        description = {
            "Shows the dialer at work in two minutes, on loopback.",
            "Embedded database, simulated carrier and phones over real SIP and RTP, simulated agents, sample leads and",
            "policies; ends with a summary."
        })
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--agents", description = "Agents, 1 to 200; default: ${DEFAULT-VALUE}.", defaultValue = "12")
    private int agents;

    @Option(names = "--leads", description = "Leads, 300 to 1200; default: ${DEFAULT-VALUE}.", defaultValue = "360")
    private int leads;

    @Option(
            names = "--seconds",
            description = "Dials at most so long, 5 to 90; default: ${DEFAULT-VALUE}.",
            defaultValue = "75")
    private int seconds;

    @Option(
            names = "--pacing",
            description = "progressive, ratio or predictive; default: ${DEFAULT-VALUE}.",
            defaultValue = "ratio")
    private String pacing = "";

    @Option(
            names = "--seed",
            description = "Of everything that is drawn; default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--dir",
            paramLabel = "FOLDER",
            description = "Keep everything there; default: a new temporary one.")
    private @Nullable Path folder;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the summary there as JSON.")
    private @Nullable Path json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        between("--agents", agents, 1, 200);
        between("--leads", leads, 300, 1_200);
        between("--seconds", seconds, 5, 90);
        DialMode mode = mode();
        PrintWriter out = spec.commandLine().getOut();
        try {
            DemoSummary summary = Demo.play(new DemoOptions(freshFolder(), agents, leads, seconds, mode, seed), out);
            print(summary, out);
            if (json != null) {
                Files.writeString(
                        json,
                        new ObjectMapper()
                                        .enable(SerializationFeature.INDENT_OUTPUT)
                                        .writeValueAsString(summary)
                                + "\n");
            }
            return CommandLine.ExitCode.OK;
        } catch (IOException
                | StartException
                | DatabaseException
                | CsvException
                | SQLException
                | JournalUnavailableException e) {
            throw new CommandFailed("paceline demo: " + e.getMessage());
        } finally {
            Logs.close();
        }
    }

    private void between(String option, int value, int low, int high) {
        if (value < low || value > high) {
            throw new ParameterException(
                    spec.commandLine(), option + ": must be from " + low + " to " + high + "; is " + value);
        }
    }

    private DialMode mode() {
        return switch (pacing) {
            case "progressive" -> DialMode.PROGRESSIVE;
            case "ratio" -> DialMode.RATIO;
            case "predictive" -> DialMode.PREDICTIVE;
            default ->
                throw new ParameterException(
                        spec.commandLine(), "--pacing: must be progressive, ratio or predictive; is '" + pacing + "'");
        };
    }

    /** Makes a fresh folder, because attempts in an earlier demo's database would count against today's caps. */
    private Path freshFolder() throws IOException {
        if (folder == null) {
            return Files.createTempDirectory("paceline-demo-");
        }
        if (Files.exists(folder.resolve("data"))) {
            throw new ParameterException(
                    spec.commandLine(), "--dir: " + folder + " has an earlier demo's data; name an empty folder");
        }
        return folder.toAbsolutePath();
    }

    private static void print(DemoSummary summary, PrintWriter out) {
        out.println();
        line(out, "attempts", summary.attempts());
        line(out, "answered", summary.answered());
        line(out, "connected", summary.connected());
        line(out, "abandoned", summary.abandonedPercent() + " %");
        line(out, "outcomes", text(summary.outcomes()));
        line(out, "refusals", text(summary.refusals()));
        line(out, "utilisation", summary.utilisationPercent() + " %");
        line(out, "recordings", summary.recordings());
        line(
                out,
                "answer to agent",
                "p50 " + summary.answerToConnectedMillis().p50() + " ms, p99 "
                        + summary.answerToConnectedMillis().p99() + " ms");
        line(out, "dialled for", summary.seconds() + " s");
        out.flush();
    }

    private static void line(PrintWriter out, String name, Object value) {
        out.printf(Locale.ROOT, "%-16s %s%n", name, value);
    }

    private static String text(Map<String, Long> counts) {
        return counts.isEmpty() ? "none" : counts.toString().replaceAll("[{}]", "");
    }
}
