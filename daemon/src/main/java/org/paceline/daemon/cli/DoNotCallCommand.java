package org.paceline.daemon.cli;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.config.Configuration;
import org.paceline.daemon.csv.CsvException;
import org.paceline.daemon.csv.ImportReport;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.donotcall.DoNotCallImport;
import org.paceline.daemon.donotcall.DoNotCallTable;
import org.paceline.daemon.logging.Logs;
import org.paceline.daemon.run.Settings;
import org.paceline.rules.NumberPlan;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code paceline dnc}. */
@Command(
        name = "dnc",
        description = "Do-not-call lists.",
        subcommands = {DoNotCallCommand.Import.class})
final class DoNotCallCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "needs a command: import");
    }

    /** {@code paceline dnc import}: works beside a running daemon, which holds the numbers back within a second. */
    @Command(
            name = "import",
            description = "Imports a do-not-call list; columns campaign, source and until (a date) may be there.")
    static final class Import implements Callable<Integer> {

        @Mixin
        private final ConfigOption config = new ConfigOption();

        @Mixin
        private final ImportOptions list = new ImportOptions();

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public Integer call() {
            Configuration configuration = Configuration.read(config.file(), System::getenv);
            DoNotCallImport.Order order = new DoNotCallImport.Order(
                    list.file,
                    list.phoneColumn,
                    list.region,
                    configuration.daemon().node().zone(),
                    configuration.campaignIds(),
                    list.rejected());
            Logs.quiet();
            ImportTerminal terminal = new ImportTerminal(spec.commandLine().getErr());
            try (Database database = Database.openOrJoin(Settings.database(configuration.daemon()))) {
                ImportReport report = new DoNotCallImport(
                                new DoNotCallTable(database), new NumberPlan(), System::currentTimeMillis)
                        .run(order, terminal);
                ImportTerminal.end(report, spec.commandLine().getOut());
                return CommandLine.ExitCode.OK;
            } catch (SQLException | JdbiException e) {
                throw terminal.cutOff("paceline dnc import", e);
            } catch (DatabaseException | CsvException e) {
                throw new CommandFailed("paceline dnc import: " + e.getMessage());
            }
        }
    }
}
