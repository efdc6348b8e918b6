package org.paceline.daemon.cli;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.donotcall.DoNotCallEntry;
import org.paceline.daemon.donotcall.DoNotCallRemoval;
import org.paceline.daemon.donotcall.SourceEntries;
import org.paceline.daemon.logging.Logs;
import org.paceline.daemon.run.Settings;
import org.paceline.rules.OptOut;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code paceline dnc source}: works beside a running daemon, which may call the numbers again within a second. */
@Command(
        name = "source",
        description =
                "Lists the numbers that were entered one by one by a source, such as sip:608, and the lists imported"
                        + " under it; with --remove and --reason, takes the numbers entered one by one out. Numbers whose agents noted an opt-out or a complaint are kept.")
final class DoNotCallSource implements Callable<Integer> {

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(
            paramLabel = "SOURCE",
            description = "As 'dnc show' tells it: sip:608, sip:607, agent:alice, file:registry.csv.")
    private String source = "";

    @Option(names = "--remove", description = "Takes the entries out; keeps who did it and why.")
    private boolean remove;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why they are taken out; it is kept.")
    private @Nullable String reason;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        Configuration configuration = Configuration.read(config.file(), System::getenv);
        String why = reason == null ? "" : reason.strip();
        if (remove && why.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--remove: needs a --reason that says why");
        }
        Logs.quiet();
        try (Database database = Database.openOrJoin(Settings.database(configuration.daemon()))) {
            SourceEntries entries = new SourceEntries(database);
            PrintWriter out = spec.commandLine().getOut();
            int removed = 0;
            List<SourceEntries.Found> found = entries.of(source.strip());
            List<SourceEntries.ImportedList> lists = entries.lists(source.strip());
            if (found.isEmpty() && lists.isEmpty()) {
                throw new CommandFailed("paceline dnc source: nothing was entered by '" + source.strip()
                        + "'; 'paceline dnc show NUMBER' tells the source of each entry");
            }
            for (SourceEntries.Found one : found) {
                boolean isRemoved = remove && !one.saidByPerson() && remove(database, one.entry(), why);
                removed += isRemoved ? 1 : 0;
                out.println("number=+" + one.entry().e164() + " campaign="
                        + (one.entry().optOut().campaign() == null
                                ? "all"
                                : one.entry().optOut().campaign())
                        + (one.saidByPerson() ? " kept=an agent noted an opt-out or a complaint" : "")
                        + (isRemoved ? " removed" : ""));
            }
            long listed = 0;
            for (SourceEntries.ImportedList list : lists) {
                listed += list.numbers();
                out.println("list campaign=" + (list.campaign().isEmpty() ? "all" : list.campaign()) + " until="
                        + (list.untilEpochMillis() == Long.MAX_VALUE
                                ? "never"
                                : Instant.ofEpochMilli(list.untilEpochMillis()).toString())
                        + " numbers=" + list.numbers());
            }
            out.println("entries=" + found.size() + " removed=" + removed + " listed=" + listed);
            out.flush();
            if (remove && !lists.isEmpty()) {
                throw new CommandFailed(
                        "paceline dnc source: the imported lists stay: import a file without these numbers"
                                + " with --source " + source.strip()
                                + " --replace, or take single numbers out with 'paceline dnc remove'");
            }
            return CommandLine.ExitCode.OK;
        } catch (SQLException | JdbiException e) {
            throw CommandFailed.database("paceline dnc source", "what is not shown as removed is still listed", e);
        } catch (DatabaseException e) {
            throw new CommandFailed("paceline dnc source: " + e.getMessage());
        }
    }

    private static boolean remove(Database database, DoNotCallEntry entry, String why) throws SQLException {
        return !new DoNotCallRemoval(database)
                .run(new DoNotCallRemoval.Order(
                        entry.e164(),
                        entry.campaignKey(),
                        OptOut.Kind.REQUEST,
                        entry.optOut().source(),
                        DoNotCallRemove.who(),
                        why,
                        System.currentTimeMillis()))
                .isEmpty();
    }
}
