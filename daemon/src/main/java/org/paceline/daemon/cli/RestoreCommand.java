package org.paceline.daemon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.database.OpeningErrors;
import org.paceline.daemon.gate.Backups;
import org.paceline.daemon.gate.Verification;
import org.paceline.daemon.logging.Logs;
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
        description = {
            "Makes the embedded database again, while no daemon runs; what was there is set aside, not deleted.",
            "Without FILE: from the newest whole copy beside it and all whole records of the redo log after that. Try"
                    + " this first: it loses the least.",
            "With FILE, a copy that 'paceline backup' made: that copy alone. Attempts, opt-outs and results after it are"
                    + " not in it, so import the do-not-call lists again before you dial."
        })
final class RestoreCommand implements Callable<Integer> {
    private static final String NAME = "paceline restore";

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "A copy that 'paceline backup' made.")
    private @Nullable Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        StoragePlace place = StoragePlace.of(
                NAME,
                Configuration.read(config.file(), System::getenv),
                "restore it with its own tools, pg_restore or its archive");
        Logs.quiet();
        Backups.Prepared prepared = prepare(place);
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "made     " + Instant.ofEpochMilli(prepared.madeAtEpochMillis()).truncatedTo(ChronoUnit.SECONDS));
        prepared.lines().forEach(out::println);
        out.flush();
        try (Database database = Database.open(place.settings())) {
            Verification.Found tables = database.verify(Verification.Part.TABLES);
            if (!tables.whole()) {
                throw new CommandFailed(NAME + ": the database is made, but is not what the log says: "
                        + String.join("; ", tables.faults()));
            }
            out.println("restored " + place.settings().place() + ": "
                    + tables.sound().getLast());
            out.flush();
            return CommandLine.ExitCode.OK;
        } catch (DatabaseException e) {
            throw unfinished(e.getMessage());
        } catch (JdbiException e) {
            throw unfinished(OpeningErrors.firstLine(e));
        }
    }

    private Backups.Prepared prepare(StoragePlace place) {
        Path from = file;
        try {
            if (from != null && !Files.isRegularFile(from)) {
                throw new CommandFailed(NAME + ": nothing is changed: " + from
                        + (Files.isDirectory(from) ? " is a folder: name a copy in it" : " does not exist"));
            }
            Backups.Prepared prepared = Backups.prepare(place.database(), from);
            if (prepared == null) {
                throw new CommandFailed(NAME + ": nothing is changed: "
                        + OpeningErrors.inUse(place.settings()).getMessage());
            }
            return prepared;
        } catch (FileSystemException e) {
            throw new CommandFailed(NAME + ": nothing is changed: " + e.getFile() + ": " + FileFault.reason(e));
        } catch (IOException e) {
            throw new CommandFailed(NAME + ": nothing is changed: " + FileFault.reason(e));
        }
    }

    private static CommandFailed unfinished(@Nullable String reason) {
        return new CommandFailed(NAME + ": the copy is in its place, but the database is not made yet: " + reason
                + "; mend that, and say 'paceline restore' again or start the daemon, which goes on from there");
    }
}
