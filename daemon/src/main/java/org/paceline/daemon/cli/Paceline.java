package org.paceline.daemon.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.paceline.daemon.gate.StorageFailedError;
import org.paceline.yaml.ConfigException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code paceline}: the command line's root. Exit codes: 0 done, 1 failed, 2 wrong use. */
@Command(
        name = "paceline",
        description = "A predictive dialer: places the next call so that an agent is free when a person answers.",
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            CheckCommand.class,
            LeadsCommand.class,
            DoNotCallCommand.class,
            CallsCommand.class,
            RulesCommand.class,
            TrunksCommand.class,
            SipCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            StorageCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed; stderr says what to do", "2:wrong use"})
public final class Paceline implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] args) {
        System.exit(execute(commandLine(), args));
    }

    /** Runs a command; picocli passes errors on. */
    static int execute(CommandLine line, String... args) {
        try {
            return line.execute(args);
        } catch (StorageFailedError e) {
            line.getErr().println("paceline: " + e.getMessage());
            return CommandFailed.FAILED;
        }
    }

    /** Makes the command line as the launcher starts it; tests give it their own writers. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Paceline());
        line.setParameterExceptionHandler(Paceline::wrongUse);
        line.setExecutionExceptionHandler(Paceline::failed);
        line.setAbbreviatedSubcommandsAllowed(false);
        line.setUsageHelpAutoWidth(true);
        line.getSubcommands().values().forEach(Paceline::inheritHelp);
        return line;
    }

    private static void inheritHelp(CommandLine line) {
        line.getCommandSpec().mixinStandardHelpOptions(true);
        line.getCommandSpec().usageMessage().sortOptions(false);
        line.getSubcommands().values().forEach(Paceline::inheritHelp);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "needs a command");
    }

    private static int wrongUse(ParameterException mistake, String[] args) {
        CommandLine line = mistake.getCommandLine();
        String command = line.getCommandSpec().qualifiedName();
        String message = String.valueOf(mistake.getMessage());
        StringBuilder text = new StringBuilder(command + ": " + oneLine(message));
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            text.append("; did you mean '")
                    .append(unmatched.getSuggestions().getFirst())
                    .append("'?");
        }
        line.getErr().println(text.append("; see '" + command + " --help'"));
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        switch (failure) {
            case CommandFailed expected -> err.println(expected.getMessage());
            case ConfigException refused -> err.println(refused.getMessage());
            default -> {
                LoggerFactory.getLogger(Paceline.class).debug("command failed", failure);
                err.println(line.getCommandSpec().qualifiedName()
                        + ": failed on a fault of Paceline's own, please report it: " + failure);
                failure.printStackTrace(err);
            }
        }
        return CommandFailed.FAILED;
    }

    private static String oneLine(String message) {
        return message.replace("\r", "").replace('\n', ' ');
    }
}
