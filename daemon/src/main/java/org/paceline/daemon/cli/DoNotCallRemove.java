package org.paceline.daemon.cli;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.donotcall.DoNotCallEntry;
import org.paceline.daemon.donotcall.DoNotCallRemoval;
import org.paceline.daemon.donotcall.StoredNumbers;
import org.paceline.daemon.logging.Logs;
import org.paceline.daemon.run.Settings;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.OptOut;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code paceline dnc remove}: works beside a running daemon, which may call the number again within a second. */
@Command(
        name = "remove",
        description = "Takes a number's entries out, those of imported lists too; keeps who did it and why.")
final class DoNotCallRemove implements Callable<Integer> {

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "NUMBER", description = "With its country code: +13055550123.")
    private String number = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it is kept.")
    private String reason = "";

    @Option(
            names = "--campaign",
            paramLabel = "NAME",
            description = "Only the entries for this campaign; default: every entry.")
    private @Nullable String campaign;

    @Option(
            names = "--complaint",
            description = "Takes out what a complaint blocks; default: what was asked for, and imported lists.")
    private boolean complaint;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        Configuration configuration = Configuration.read(config.file(), System::getenv);
        long e164 = e164(spec, number);
        if (reason.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--reason: must say why");
        }
        Logs.quiet();
        try (Database database = Database.openOrJoin(Settings.database(configuration.daemon()))) {
            StoredNumbers.bringUpToDate(database, new NumberPlan());
            String who = who();
            OptOut.Kind kind = complaint ? OptOut.Kind.COMPLAINT : OptOut.Kind.REQUEST;
            List<DoNotCallEntry> removed = new DoNotCallRemoval(database)
                    .run(new DoNotCallRemoval.Order(
                            e164, campaign, kind, who, reason.strip(), System.currentTimeMillis()));
            DoNotCallShow.print(removed, spec.commandLine().getOut());
            return CommandLine.ExitCode.OK;
        } catch (SQLException | JdbiException e) {
            throw CommandFailed.database("paceline dnc remove", "nothing is removed", e);
        } catch (DatabaseException e) {
            throw new CommandFailed("paceline dnc remove: " + e.getMessage());
        }
    }

    /** Returns, for the list's history, who takes entries out at this machine. */
    static String who() {
        return "cli:" + System.getProperty("user.name", "unknown");
    }

    static long e164(CommandSpec spec, String text) {
        NumberPlan plan = new NumberPlan();
        long possible = plan.plain(text.strip(), null);
        if (possible > 0) {
            return possible; // lists accept numbers that are in no plan
        }
        return switch (plan.parse(text, null)) {
            case NumberPlan.Parsed.Valid(var valid) -> valid.e164();
            case NumberPlan.Parsed.Rejected(var fault) ->
                throw new ParameterException(spec.commandLine(), "NUMBER: " + fault);
        };
    }
}
