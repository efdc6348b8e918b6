package org.paceline.daemon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.files.PrivateFiles;
import org.paceline.daemon.files.TimeStamp;
import org.paceline.daemon.gate.Backups;
import org.paceline.daemon.gate.Copies;
import org.paceline.daemon.logging.Logs;
import org.paceline.yaml.FileFault;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code paceline backup}: works beside a running daemon. */
@Command(
        name = "backup",
        description = {
            "Makes a checked copy of the embedded database, beside a running daemon too.",
            "Each table is compared with the sums that the redo log keeps of it, and the copy is read back. Give --to a"
                    + " folder on another disk: a copy beside the database goes with its disk."
        })
final class BackupCommand implements Callable<Integer> {
    private static final String NAME = "paceline backup";

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description =
                    "Puts the copy there as well, as paceline-DATE-TIME.copy; the folder is made if it is missing."
                            + " Without it, the copy is beside the database only, in PATH.redo.")
    private @Nullable Path to;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        StoragePlace place = StoragePlace.of(
                NAME,
                Configuration.read(config.file(), System::getenv),
                "back it up with its own tools, pg_basebackup or pg_dump");
        place.requireDatabase();
        Path folder = to == null ? null : made(to);
        Logs.quiet();
        try (Database database = Database.openOrJoin(place.settings())) {
            Copies.Made made = database.copy();
            Path file = folder == null ? Path.of(made.place()) : copy(Path.of(made.place()), folder);
            PrintWriter out = spec.commandLine().getOut();
            out.printf(
                    Locale.ROOT,
                    "copied %,d rows, up to record %d, %,d bytes, in %.1f s; read back: whole%n%s%n",
                    made.rows(),
                    made.number(),
                    made.bytes(),
                    made.millis() / 1_000.0,
                    file);
            out.flush();
            return CommandLine.ExitCode.OK;
        } catch (JdbiException e) {
            throw CommandFailed.database(NAME, "no copy is made", e);
        } catch (DatabaseException e) {
            throw new CommandFailed(NAME + ": no copy is made: " + e.getMessage());
        }
    }

    /** Makes the folder before anything is copied, so that a wrong one is told at once. */
    private static Path made(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailed(NAME + ": --to: " + folder + " is a file: must be a folder");
        } catch (IOException e) {
            throw new CommandFailed(
                    NAME + ": --to: " + folder + " cannot be made: " + FileFault.reason(e) + "; name another folder");
        }
        if (!Files.isWritable(folder)) {
            throw new CommandFailed(NAME + ": --to: " + folder + " cannot be written: name another folder");
        }
        return folder.toAbsolutePath().normalize();
    }

    private static Path copy(Path made, Path folder) {
        Path target = unused(folder);
        Path part = folder.resolve(target.getFileName() + ".part");
        part.toFile().deleteOnExit(); // also where the command is interrupted
        try {
            PrivateFiles.create(part);
            Files.copy(made, part, StandardCopyOption.REPLACE_EXISTING);
            PrivateFiles.create(part);
            try (FileChannel file = FileChannel.open(part, StandardOpenOption.WRITE)) {
                file.force(true);
            }
            Backups.verify(part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return target;
        } catch (IOException e) {
            throw new CommandFailed(NAME + ": --to: " + folder + ": " + FileFault.reason(e)
                    + "; nothing is left there; the copy beside the database is whole: " + made);
        } finally {
            forget(part);
        }
    }

    private static Path unused(Path folder) {
        String name = "paceline-" + TimeStamp.now();
        Path target = folder.resolve(name + ".copy");
        for (int i = 2; Files.exists(target) || Files.exists(folder.resolve(target.getFileName() + ".part")); i++) {
            target = folder.resolve(name + "-" + i + ".copy");
        }
        return target;
    }

    private static void forget(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException _) {
            // the folder went away: there is nothing to remove
        }
    }
}
