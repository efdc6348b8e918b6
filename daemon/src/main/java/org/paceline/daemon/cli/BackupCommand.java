package org.paceline.daemon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.files.PrivateFiles;
import org.paceline.daemon.gate.Backups;
import org.paceline.daemon.gate.Copies;
import org.paceline.daemon.logging.Logs;
import org.paceline.daemon.run.Settings;
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
        description = "Makes a checked copy of the embedded database, beside a running daemon too; it is read back.")
final class BackupCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Puts the copy there, on another disk if you can; default: beside the database.")
    private @Nullable Path to;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        Configuration configuration = Configuration.read(config.file(), System::getenv);
        Logs.quiet();
        try (Database database = Database.openOrJoin(Settings.database(configuration.daemon()))) {
            Copies.Made made = database.copy();
            Path file = to == null ? Path.of(made.place()) : copy(Path.of(made.place()), to);
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
            throw CommandFailed.database("paceline backup", "no copy is made", e);
        } catch (DatabaseException e) {
            throw new CommandFailed("paceline backup: " + e.getMessage());
        }
    }

    private static Path copy(Path made, Path folder) {
        Path target = folder.resolve("paceline-" + LocalDateTime.now().format(TIME) + ".copy");
        Path part = folder.resolve(target.getFileName() + ".part");
        try {
            Files.createDirectories(folder);
            PrivateFiles.create(part);
            Files.copy(made, part, StandardCopyOption.REPLACE_EXISTING);
            PrivateFiles.create(part);
            Backups.verify(part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return target.toAbsolutePath();
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailed("paceline backup: --to: " + folder + " is no folder");
        } catch (IOException e) {
            throw new CommandFailed("paceline backup: --to: " + folder + ": " + FileFault.reason(e)
                    + "; the copy beside the database is made: " + made);
        }
    }
}
