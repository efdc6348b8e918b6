package org.paceline.daemon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.gate.Backups;
import org.paceline.daemon.logging.Logs;
import org.paceline.daemon.run.Settings;
import org.paceline.yaml.FileFault;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code paceline restore}: while no daemon has the database. */
@Command(
        name = "restore",
        description =
                "Makes the embedded database again, while no daemon runs: from a copy that 'paceline backup' made,"
                        + " or, without FILE, from the newest copy beside it and all whole records after that. What was there"
                        + " is set aside, not deleted.")
final class RestoreCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "A copy.")
    private @Nullable Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        Configuration configuration = Configuration.read(config.file(), System::getenv);
        Logs.quiet();
        var settings = Settings.database(configuration.daemon());
        Path path = configuration.daemon().database().file();
        if (path == null) {
            throw new CommandFailed("paceline restore: " + settings.place()
                    + " is a PostgreSQL server: use its own tools, pg_restore and its archive");
        }
        PrintWriter out = spec.commandLine().getOut();
        try {
            Path from = file;
            if (from != null && !Files.isRegularFile(from)) {
                throw new CommandFailed("paceline restore: FILE: " + from + " is not there");
            }
            Backups.Prepared prepared = Backups.prepare(path.toAbsolutePath().normalize(), from);
            if (prepared == null) {
                throw new CommandFailed(
                        "paceline restore: " + settings.place() + " is in use by another process: stop that one first");
            }
            prepared.lines().forEach(out::println);
            try (Database database = Database.open(settings)) {
                database.ask();
            }
            out.println("restored: " + settings.place());
            out.flush();
            return CommandLine.ExitCode.OK;
        } catch (IOException e) {
            throw new CommandFailed("paceline restore: nothing is changed: " + FileFault.reason(e));
        } catch (DatabaseException e) {
            throw new CommandFailed("paceline restore: " + e.getMessage());
        }
    }
}
