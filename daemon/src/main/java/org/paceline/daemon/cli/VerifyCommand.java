package org.paceline.daemon.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.gate.Verification;
import org.paceline.daemon.logging.Logs;
import org.paceline.daemon.recovery.Consistency;
import org.paceline.daemon.run.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code paceline storage verify}: works beside a running daemon. */
@Command(
        name = "verify",
        description = "Reads every record of the redo log, every copy and every table, and compares sums, attempts and"
                + " leads; beside a running daemon too. Exit code 1 where something is wrong.")
final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        Configuration configuration = Configuration.read(config.file(), System::getenv);
        Logs.quiet();
        PrintWriter out = spec.commandLine().getOut();
        try (Database database = Database.openOrJoin(Settings.database(configuration.daemon()))) {
            boolean whole = true;
            if (!database.isShared()) {
                for (Verification.Part part : Verification.Part.values()) {
                    Verification.Found found = database.verify(part);
                    whole &= found.whole();
                    print(out, found.whole(), found.lines());
                }
            }
            List<String> faults = Consistency.faults(database);
            print(out, faults.isEmpty(), faults.isEmpty() ? List.of("attempts and leads agree") : faults);
            whole &= faults.isEmpty();
            return whole ? CommandLine.ExitCode.OK : CommandFailed.FAILED;
        } catch (JdbiException e) {
            throw CommandFailed.database("paceline storage verify", "not everything was read", e);
        } catch (DatabaseException e) {
            throw new CommandFailed("paceline storage verify: " + e.getMessage());
        }
    }

    private static void print(PrintWriter out, boolean whole, List<String> lines) {
        lines.forEach(line -> out.println((whole ? "ok     " : "FAULT  ") + line));
        out.flush();
    }
}
