package org.paceline.daemon.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.SupportedYears;
import org.paceline.daemon.calls.CallExport;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.files.PrivateFiles;
import org.paceline.daemon.logging.Logs;
import org.paceline.daemon.run.Settings;
import org.paceline.dialer.id.CampaignId;
import org.paceline.yaml.FileFault;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code paceline calls}. */
@Command(
        name = "calls",
        description = "Records of calls.",
        subcommands = {CallsCommand.Export.class})
final class CallsCommand extends CommandGroup {
    /** {@code paceline calls export}: works beside a running daemon. The file is written whole or not at all. */
    @Command(
            name = "export",
            description =
                    "Writes records of calls as CSV, the earliest first: times, outcome, agent, talk and wrap-up.")
    static final class Export implements Callable<Integer> {

        @Mixin
        private final ConfigOption config = new ConfigOption();

        @Option(names = "--campaign", paramLabel = "NAME", description = "Only its calls; default: those of all.")
        private @Nullable String campaign;

        @Option(
                names = "--from",
                paramLabel = "DATE",
                description = "Calls of that day and later, in the node's zone; or since an instant.")
        private @Nullable String from;

        @Option(
                names = "--to",
                paramLabel = "DATE",
                description = "Calls of that day and earlier, in the node's zone; or before an instant.")
        private @Nullable String to;

        @Option(
                names = "--numbers",
                description = "Writes telephone numbers whole; default: masked. The file is for its owner alone.")
        private boolean numbers;

        @Option(names = "--force", description = "Replaces FILE where it is there.")
        private boolean force;

        @Parameters(paramLabel = "FILE.csv", description = "Where the records go.")
        @SuppressWarnings("NullAway.Init") // set by picocli
        private Path file;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public Integer call() {
            Configuration configuration = Configuration.read(config.file(), System::getenv);
            ZoneId zone = configuration.daemon().node().zone();
            CallExport.Order order = new CallExport.Order(
                    campaign, time("--from", from, zone, 0, 0), time("--to", to, zone, 1, Long.MAX_VALUE), numbers);
            if (campaign != null && campaign.isBlank()) {
                throw wrongUse("--campaign: must name one");
            }
            if (order.from() >= order.to()) {
                throw wrongUse("--from=" + from + ": must be before --to=" + to);
            }
            if (Files.isDirectory(file)) {
                throw wrongUse(file + ": is a folder; name a file in it");
            }
            if (Files.exists(file) && !force) {
                throw wrongUse(file + ": is there already; name another file, or replace it with --force");
            }
            boolean known = campaign == null || configuration.campaignIds().contains(new CampaignId(campaign));
            Logs.quiet();
            try (Database database = Database.openOrJoin(Settings.database(configuration.daemon()))) {
                PrintWriter out = spec.commandLine().getOut();
                out.println("calls=" + export(new CallExport(database), order, known));
                out.flush();
                return CommandLine.ExitCode.OK;
            } catch (JdbiException e) {
                throw CommandFailed.database("paceline calls export", "nothing is exported", e);
            } catch (DatabaseException e) {
                throw new CommandFailed("paceline calls export: " + e.getMessage());
            } catch (IOException e) {
                throw new CommandFailed(
                        "paceline calls export: " + file + " cannot be written: " + FileFault.reason(e));
            }
        }

        /** @param known false where only its calls could show that there is such a campaign */
        private long export(CallExport calls, CallExport.Order order, boolean known) throws IOException {
            Path part = file.resolveSibling(file.getFileName() + ".part");
            PrintWriter err = spec.commandLine().getErr();
            boolean drawn = ProgressBar.isTerminal();
            try {
                long written;
                try (BufferedWriter writer = PrivateFiles.newWriter(part)) {
                    written = calls.write(order, writer, count -> {
                        if (drawn) {
                            err.printf(Locale.ROOT, "\r%,d calls", count);
                            err.flush();
                        }
                    });
                }
                if (written == 0 && !known) {
                    throw wrongUse("--campaign: no campaign '" + campaign + "' is configured, and no call is of it");
                }
                if (force) {
                    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.move(part, file);
                }
                return written;
            } finally {
                if (drawn) {
                    err.println();
                    err.flush();
                }
                Files.deleteIfExists(part);
            }
        }

        /** @param daysLater how many days after a given date the time is; it is the begin of that day */
        private long time(String option, @Nullable String text, ZoneId zone, int daysLater, long usual) {
            if (text == null) {
                return usual;
            }
            Instant instant = Times.parse(text);
            if (instant != null) {
                return instant.toEpochMilli();
            }
            LocalDate day = SupportedYears.day(text);
            if (day == null) {
                throw wrongUse(option + ": must be a date, for example 2026-11-21, or " + Times.EXPECTED + "; is '"
                        + text + "'");
            }
            return day.plusDays(daysLater).atStartOfDay(zone).toInstant().toEpochMilli();
        }

        private ParameterException wrongUse(String message) {
            return new ParameterException(spec.commandLine(), message);
        }
    }
}
