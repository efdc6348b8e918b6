package org.paceline.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.decision.DecisionCommand;
import org.paceline.bench.donotcall.DoNotCallCommand;
import org.paceline.bench.engine.EngineCommand;
import org.paceline.bench.measure.BenchException;
import org.paceline.bench.pacing.PacingCommand;
import org.paceline.bench.rules.RulesCommand;
import org.paceline.bench.sip.SipCommand;
import org.paceline.bench.storage.StorageCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code paceline-bench}: measures Paceline. Exit codes: 0 done, 1 failed, 2 wrong use. */
@Command(
        name = "paceline-bench",
        description = "Measures Paceline. Each command prints a line a second and leaves report.html and summary.json.",
        mixinStandardHelpOptions = true,
        versionProvider = BenchVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            EngineCommand.class,
            SipCommand.class,
            DoNotCallCommand.class,
            RulesCommand.class,
            PacingCommand.class,
            DecisionCommand.class,
            StorageCommand.class
        })
public final class Bench implements Runnable {
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** Makes the whole command line; tests set its writers. */
    static CommandLine commandLine() {
        return new CommandLine(new Bench())
                .setParameterExceptionHandler(Bench::wrongUse)
                .setExecutionExceptionHandler(Bench::failed)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "no command: name one of " + commands(spec));
        }
    }

    private static String commands(CommandLine.Model.CommandSpec spec) {
        return String.join(", ", List.copyOf(spec.subcommands().keySet()));
    }

    private static int wrongUse(CommandLine.ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        err.println(command + ": " + oneLine(e.getMessage()) + "; see " + command + " --help");
        err.flush();
        return WRONG_USE;
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println(command.getCommandSpec().qualifiedName() + ": "
                + oneLine(e instanceof IOException || e instanceof BenchException ? e.getMessage() : e.toString()));
        if (!(e instanceof IOException || e instanceof BenchException)) {
            e.printStackTrace(err);
        }
        err.flush();
        return FAILED;
    }

    private static String oneLine(@Nullable String message) {
        return message == null
                ? "failed"
                : message.lines().findFirst().orElse("failed").strip();
    }
}
