package org.paceline.daemon.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server of this test run's own: in a temporary directory, on a free loopback port, stopped when the JVM
 * ends. Tests are skipped where PostgreSQL is not installed, except under CI.
 */
public final class PostgresServer {
    private static final AtomicInteger databases = new AtomicInteger();
    private static @Nullable PostgresServer running;

    private final Path binaries;
    private final Path directory;
    private final int port;

    private PostgresServer(Path binaries, Path directory, int port) {
        this.binaries = binaries;
        this.directory = directory;
        this.port = port;
    }

    /** Settings of a fresh, empty database. */
    public static DatabaseSettings freshDatabase() {
        PostgresServer server = server();
        String name = "test_" + databases.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(server.url("postgres"), "paceline", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " was not created", e);
        }
        return new DatabaseSettings(server.url(name), "paceline", "", 6, Durability.PROCESS);
    }

    /** Ends the server and starts it again, so that a client takes it for another one. */
    public static void restart() {
        PostgresServer server = server();
        server.execute(
                true,
                server.binaries.resolve("pg_ctl").toString(),
                "-D",
                server.data(),
                "-w",
                "-m",
                "fast",
                "-l",
                server.directory.resolve("log").toString(),
                "restart");
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static synchronized PostgresServer server() {
        if (running == null) {
            Path binaries = findBinaries();
            if (binaries == null) {
                if ("true".equals(System.getenv("CI"))) {
                    throw new IllegalStateException("PostgreSQL (initdb, pg_ctl) is not installed and CI=true");
                }
                Assumptions.abort("skipped: PostgreSQL (initdb, pg_ctl) is not installed");
                throw new AssertionError();
            }
            running = start(binaries);
        }
        return running;
    }

    private static @Nullable Path findBinaries() {
        List<Path> places = new ArrayList<>();
        for (String place : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            places.add(Path.of(place));
        }
        try (Stream<Path> versions = Files.isDirectory(Path.of("/usr/lib/postgresql"))
                ? Files.list(Path.of("/usr/lib/postgresql"))
                : Stream.of()) {
            versions.sorted(Comparator.reverseOrder())
                    .map(path -> path.resolve("bin"))
                    .forEach(places::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return places.stream()
                .filter(place ->
                        Files.isExecutable(place.resolve("initdb")) && Files.isExecutable(place.resolve("pg_ctl")))
                .findFirst()
                .orElse(null);
    }

    private static PostgresServer start(Path binaries) {
        try {
            Path directory = Files.createTempDirectory("paceline-postgres");
            PostgresServer server = new PostgresServer(binaries, directory, freePort());
            if (isRoot()) {
                server.execute(false, "chown", "postgres", directory.toString());
            }
            server.execute(
                    true,
                    binaries.resolve("initdb").toString(),
                    "-D",
                    server.data(),
                    "-U",
                    "paceline",
                    "-A",
                    "trust",
                    "--no-sync",
                    "-E",
                    "UTF8",
                    "--locale=C");
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            server.execute(
                    true,
                    binaries.resolve("pg_ctl").toString(),
                    "-D",
                    server.data(),
                    "-w",
                    "-l",
                    directory.resolve("log").toString(),
                    "-o",
                    "-p " + server.port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off",
                    "start");
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private void stop() {
        execute(true, binaries.resolve("pg_ctl").toString(), "-D", data(), "-m", "immediate", "stop");
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** PostgreSQL refuses to run as root. */
    private void execute(boolean asPostgres, String... command) {
        List<String> words = new ArrayList<>();
        if (asPostgres && isRoot()) {
            words.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        words.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(words)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("failed: " + String.join(" ", words));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
