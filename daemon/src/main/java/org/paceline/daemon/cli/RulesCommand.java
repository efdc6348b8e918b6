package org.paceline.daemon.cli;

import picocli.CommandLine.Command;

/** {@code paceline rules}. */
@Command(
        name = "rules",
        description = "What the rules say.",
        subcommands = {ExplainCommand.class, ListCommand.class})
final class RulesCommand extends CommandGroup {}
