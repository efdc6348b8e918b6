package org.paceline.daemon.cli;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.config.CampaignConfig;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.csv.CsvException;
import org.paceline.daemon.csv.ImportReport;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.leads.LeadImport;
import org.paceline.daemon.logging.Logs;
import org.paceline.daemon.run.Settings;
import org.paceline.dialer.id.CampaignId;
import org.paceline.rules.NumberPlan;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code paceline leads}. */
@Command(
        name = "leads",
        description = "Lead lists.",
        subcommands = {LeadsCommand.Import.class})
final class LeadsCommand extends CommandGroup {
    /** {@code paceline leads import}: works beside a running daemon, which takes the leads within a second. */
    @Command(
            name = "import",
            description =
                    "Imports a lead list: screens, normalises, drops duplicates, tells of rejected rows in a file.")
    static final class Import implements Callable<Integer> {

        @Mixin
        private final ConfigOption config = new ConfigOption();

        @Mixin
        private final ImportOptions list = new ImportOptions();

        @Option(names = "--campaign", paramLabel = "NAME", required = true, description = "Whose leads they are.")
        private String campaign = "";

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public Integer call() {
            Configuration configuration = Configuration.read(config.file(), System::getenv);
            LeadImport.Order order =
                    new LeadImport.Order(list.file, knownCampaign(configuration), list.format(), list.rejected());
            Logs.quiet();
            ImportTerminal terminal = new ImportTerminal(spec.commandLine().getErr());
            try (Database database = Database.openOrJoin(Settings.database(configuration.daemon()))) {
                ImportReport report =
                        new LeadImport(database, new NumberPlan(), System::currentTimeMillis).run(order, terminal);
                ImportTerminal.end(report, "", spec.commandLine().getOut());
                ImportTerminal.refuseUseless(
                        "paceline leads import", report, list.format().region());
                return CommandLine.ExitCode.OK;
            } catch (SQLException | JdbiException e) {
                throw terminal.cutOff("paceline leads import", e);
            } catch (DatabaseException | CsvException e) {
                throw new CommandFailed("paceline leads import: " + e.getMessage());
            }
        }

        private CampaignId knownCampaign(Configuration configuration) {
            return configuration.campaigns().stream()
                    .map(CampaignConfig::id)
                    .filter(id -> id.value().equals(campaign))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "--campaign: no campaign '" + campaign + "' in "
                                    + configuration.daemon().campaigns() + "; there: "
                                    + configuration.campaigns().stream()
                                            .map(CampaignConfig::id)
                                            .toList()));
        }
    }
}
