package org.paceline.daemon.cli;

import picocli.CommandLine.Command;

/** {@code paceline storage}: what the embedded database stands on. */
@Command(
        name = "storage",
        description = "Looks after the embedded database's redo log and copies.",
        subcommands = {VerifyCommand.class})
final class StorageCommand extends CommandGroup {}
