package org.paceline.daemon.cli;

import picocli.CommandLine.Command;

/** {@code paceline trunks}. */
@Command(
        name = "trunks",
        description = "What trunks are sent.",
        subcommands = {TrunksFormatCommand.class})
final class TrunksCommand extends CommandGroup {}
