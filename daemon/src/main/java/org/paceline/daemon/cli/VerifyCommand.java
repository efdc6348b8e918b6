package org.paceline.daemon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.gate.Copies;
import org.paceline.daemon.gate.Opening;
import org.paceline.daemon.gate.Verification;
import org.paceline.daemon.logging.Logs;
import org.paceline.daemon.recovery.Consistency;
import org.paceline.daemon.redo.FolderDisk;
import org.paceline.daemon.run.Settings;
import org.paceline.yaml.FileFault;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code paceline storage verify}: works beside a running daemon. */
@Command(
        name = "verify",
        description = {
            "Reads every record of the redo log, every copy and every table, and compares sums, attempts and leads;"
                    + " beside a running daemon too.",
            "A line each: 'ok', 'MENDED' for what opening the database has just put right, 'FAULT' for what is wrong."
                    + " The exit code is 1 where anything is wrong, or the database had to be made again."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final String NAME = "paceline storage verify";
    private static final String OK = "ok     ";
    private static final String MENDED = "MENDED ";
    private static final String FAULT = "FAULT  ";

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        Configuration configuration = Configuration.read(config.file(), System::getenv);
        Logs.quiet();
        if (configuration.daemon().database().file() == null) {
            return server(configuration);
        }
        StoragePlace place = StoragePlace.of(NAME, configuration, "");
        place.requireDatabase();
        try (Database database = Database.openOrJoin(place.settings())) {
            boolean whole = mended(database.copies());
            for (Verification.Part part : Verification.Part.values()) {
                Verification.Found found = database.verify(part);
                whole &= found.whole();
                print(found);
            }
            whole &= rows(database);
            return whole ? CommandLine.ExitCode.OK : CommandFailed.FAILED;
        } catch (JdbiException e) {
            throw CommandFailed.database(NAME, "not everything was read", e);
        } catch (DatabaseException e) {
            print(FAULT, List.of(String.valueOf(e.getMessage())));
            return switch (e.reason()) {
                case CORRUPT, OTHER -> copiesAlone(place);
                case IN_USE, UNREACHABLE, WRONG_PASSWORD, NEWER_SCHEMA -> CommandFailed.FAILED;
            };
        }
    }

    /** Compares the rows with each other; a server's files are its own tools' business. */
    private int server(Configuration configuration) {
        try (Database database = Database.openOrJoin(Settings.database(configuration.daemon()))) {
            boolean whole = rows(database);
            print("       ", List.of("files and indexes of a PostgreSQL server: see its own pg_amcheck"));
            return whole ? CommandLine.ExitCode.OK : CommandFailed.FAILED;
        } catch (JdbiException e) {
            throw CommandFailed.database(NAME, "not everything was read", e);
        } catch (DatabaseException e) {
            throw new CommandFailed(NAME + ": " + e.getMessage());
        }
    }

    private boolean rows(Database database) {
        List<String> faults = Consistency.faults(database);
        print(faults.isEmpty() ? OK : FAULT, faults.isEmpty() ? List.of("attempts and leads agree") : faults);
        return faults.isEmpty();
    }

    /** Tells what this command's own opening has put right; a daemon that was joined told it at its start. */
    private boolean mended(@Nullable Copies copies) {
        if (copies == null) {
            return true;
        }
        Opening opening = copies.opening();
        tell(opening.rebuilt(), "the database was made again from a copy and the redo log: ");
        tell(opening.cut(), "the redo log's torn end was cut off: ");
        tell(opening.lacking(), "the redo log began anew: ");
        return opening.rebuilt().isEmpty();
    }

    private void tell(String reason, String what) {
        if (!reason.isEmpty()) {
            print(MENDED, List.of(what + reason));
        }
    }

    /** Where the database cannot be opened, its copies say what a restore can give back. */
    private int copiesAlone(StoragePlace place) {
        try {
            Verification.Found found = Verification.copies(new FolderDisk(place.folder()));
            print(found);
        } catch (IOException e) {
            print(FAULT, List.of("copies in " + place.folder() + ": " + FileFault.reason(e)));
        }
        return CommandFailed.FAILED;
    }

    private void print(Verification.Found found) {
        print(OK, found.sound());
        print(FAULT, found.faults());
    }

    private void print(String mark, List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(line -> out.println(mark + line));
        out.flush();
    }
}
