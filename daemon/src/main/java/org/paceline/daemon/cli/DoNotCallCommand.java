package org.paceline.daemon.cli;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.csv.CsvException;
import org.paceline.daemon.csv.ImportReport;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.donotcall.DoNotCallImport;
import org.paceline.daemon.donotcall.StoredNumbers;
import org.paceline.daemon.logging.Logs;
import org.paceline.daemon.run.Settings;
import org.paceline.rules.NumberPlan;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code paceline dnc}. */
@Command(
        name = "dnc",
        description = "Do-not-call lists.",
        subcommands = {DoNotCallCommand.Import.class, DoNotCallShow.class, DoNotCallRemove.class, DoNotCallSource.class
        })
final class DoNotCallCommand extends CommandGroup {
    /** {@code paceline dnc import}: works beside a running daemon, which holds the numbers back within a second. */
    @Command(
            name = "import",
            description = "Imports a do-not-call list; columns campaign, source and until (a date) may be there.")
    static final class Import implements Callable<Integer> {

        @Mixin
        private final ConfigOption config = new ConfigOption();

        @Mixin
        private final ImportOptions list = new ImportOptions();

        @Option(
                names = "--source",
                paramLabel = "NAME",
                description = "What the entries name as their source; default: file: and the file's name.")
        private @Nullable String source;

        @Option(names = "--replace", description = "Numbers of the same source that are not in the file any more go.")
        private boolean replace;

        @Option(
                names = "--lenient",
                description =
                        "Rows that were not understood whole are no failure (exit code 0), and --replace takes out"
                                + " numbers in spite of them.")
        private boolean lenient;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public Integer call() {
            if (source != null && (source.isBlank() || source.length() > DoNotCallImport.LONGEST_SOURCE)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--source: must have 1 to " + DoNotCallImport.LONGEST_SOURCE + " characters");
            }
            Configuration configuration = Configuration.read(config.file(), System::getenv);
            NumberPlan numbers = new NumberPlan();
            DoNotCallImport.Order order = new DoNotCallImport.Order(
                    list.file,
                    list.format(),
                    configuration.daemon().node().zone(),
                    configuration.campaignIds(),
                    source,
                    replace,
                    lenient,
                    list.rejected());
            Logs.quiet();
            ImportTerminal terminal = new ImportTerminal(spec.commandLine().getErr());
            try (Database database = Database.openOrJoin(Settings.database(configuration.daemon()))) {
                StoredNumbers.bringUpToDate(database, numbers);
                DoNotCallImport.Result result =
                        new DoNotCallImport(database, numbers, System::currentTimeMillis).run(order, terminal);
                ImportTerminal.end(
                        result.report(),
                        "doubtful=" + result.doubtful(),
                        spec.commandLine().getOut());
                if (replace) {
                    spec.commandLine().getOut().println("removed=" + result.removed());
                    spec.commandLine().getOut().flush();
                }
                return judged(result);
            } catch (SQLException | JdbiException e) {
                throw CommandFailed.database("paceline dnc import", "nothing is imported", e);
            } catch (DatabaseException | CsvException e) {
                throw new CommandFailed("paceline dnc import: " + e.getMessage());
            }
        }

        /** Judges the result: a list that does not hold all that it should must not look like one that does. */
        private int judged(DoNotCallImport.Result result) {
            ImportReport report = result.report();
            ImportTerminal.refuseUseless(
                    "paceline dnc import", report, list.format().region());
            if (report.rejected() + result.doubtful() > 0 && !lenient) {
                throw new CommandFailed("paceline dnc import: " + report.rejected() + " rows hold no number back, "
                        + result.doubtful() + " hold back more than they say, as they were not understood; see "
                        + report.rejectedFile() + (result.kept() ? "; so --replace took nothing out" : "")
                        + "; mend them, or say --lenient");
            }
            return CommandLine.ExitCode.OK;
        }
    }
}
