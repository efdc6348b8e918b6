package org.paceline.daemon.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.logging.Logs;
import org.paceline.daemon.run.Daemon;
import org.paceline.daemon.run.Signals;
import org.paceline.daemon.run.StartException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code paceline run}: the daemon. */
@Command(
        name = "run",
        description = {
            "Runs the daemon until SIGTERM, which drains: no new calls, live ones end or time out.",
            "A second SIGTERM ends the waiting. SIGHUP reads the campaign files again."
        })
final class RunCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Override
    public Integer call() {
        Configuration configuration = Configuration.read(config.file(), System::getenv);
        CompletableFuture<String> stop = new CompletableFuture<>();
        CompletableFuture<String> hurry = new CompletableFuture<>();
        try (Daemon daemon = Daemon.start(configuration)) {
            LastResort.watchOver(daemon);
            Signals.on("TERM", () -> asked("SIGTERM", stop, hurry));
            Signals.on("INT", () -> asked("SIGINT", stop, hurry));
            Signals.on("HUP", daemon::reload);
            CompletableFuture.anyOf(stop, daemon.failure()).join();
            if (stop.isDone()) {
                daemon.drain(hurry);
            }
            if (daemon.failure().isDone()) {
                throw new CommandFailed(
                        "paceline run: stopped: " + daemon.failure().join());
            }
            return CommandLine.ExitCode.OK;
        } catch (StartException e) {
            throw new CommandFailed("paceline run: " + e.getMessage());
        } finally {
            Logs.close();
        }
    }

    private static void asked(String signal, CompletableFuture<String> stop, CompletableFuture<String> hurry) {
        if (!stop.complete(signal)) {
            hurry.complete(signal);
        }
    }
}
