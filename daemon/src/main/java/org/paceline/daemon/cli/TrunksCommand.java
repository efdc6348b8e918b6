package org.paceline.daemon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code paceline trunks}. */
@Command(
        name = "trunks",
        description = "What trunks are sent.",
        subcommands = {TrunksFormatCommand.class})
final class TrunksCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "needs a command: format");
    }
}
