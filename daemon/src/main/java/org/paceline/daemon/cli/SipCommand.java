package org.paceline.daemon.cli;

import picocli.CommandLine.Command;

/** {@code paceline sip}. */
@Command(
        name = "sip",
        description = "What passes on the wire.",
        subcommands = {SipTraceCommand.class})
final class SipCommand extends CommandGroup {}
