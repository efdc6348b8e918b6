package org.paceline.daemon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code paceline storage}: what the embedded database stands on. */
@Command(
        name = "storage",
        description = "Looks after the embedded database's redo log and copies.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {VerifyCommand.class})
final class StorageCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "needs a command: verify");
    }
}
