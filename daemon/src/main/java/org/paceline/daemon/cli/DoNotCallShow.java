package org.paceline.daemon.cli;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.donotcall.DoNotCallEntry;
import org.paceline.daemon.donotcall.DoNotCallTable;
import org.paceline.daemon.donotcall.StoredNumbers;
import org.paceline.daemon.logging.Logs;
import org.paceline.daemon.run.Settings;
import org.paceline.rules.NumberPlan;
import org.paceline.yaml.ScalarType;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code paceline dnc show}. */
@Command(name = "show", description = "Shows a number's entries with source and expiry.")
final class DoNotCallShow implements Callable<Integer> {

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "NUMBER", description = "With its country code: +13055550123.")
    private String number = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        Configuration configuration = Configuration.read(config.file(), System::getenv);
        long e164 = DoNotCallRemove.e164(spec, number);
        Logs.quiet();
        try (Database database = Database.openOrJoin(Settings.database(configuration.daemon()))) {
            StoredNumbers.bringUpToDate(database, new NumberPlan());
            List<DoNotCallEntry> entries = new DoNotCallTable(database).of(e164);
            print(entries, spec.commandLine().getOut());
            return CommandLine.ExitCode.OK;
        } catch (SQLException | JdbiException e) {
            throw CommandFailed.database("paceline dnc show", "nothing is known", e);
        } catch (DatabaseException e) {
            throw new CommandFailed("paceline dnc show: " + e.getMessage());
        }
    }

    /** Prints one line for each entry. */
    static void print(List<DoNotCallEntry> entries, PrintWriter out) {
        for (DoNotCallEntry entry : entries) {
            long until = entry.optOut().untilEpochMillis();
            String campaign = entry.optOut().campaign();
            out.println("campaign=" + (campaign == null ? "all" : campaign)
                    + " kind=" + ScalarType.written(entry.optOut().kind())
                    + " until=" + (until == Long.MAX_VALUE ? "never" : Instant.ofEpochMilli(until))
                    + " entered=" + Instant.ofEpochMilli(entry.enteredAtEpochMillis())
                    + " source=" + entry.optOut().source());
        }
        out.println("entries=" + entries.size());
        out.flush();
    }
}
