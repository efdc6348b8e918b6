package org.paceline.daemon.database;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Properties;
import org.h2.engine.SysProperties;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the commands of this machine's same user into an H2 file that the daemon has open: an H2 server on a free
 * loopback port, which accepts only a key that is new at each start. Key and port are in {@code PATH.door}, readable by
 * the owner alone.
 *
 * <p>Thread: any.
 */
final class SideDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SideDoor.class);
    private static final String LOOPBACK = "127.0.0.1";

    private final Server server;
    private final Path file;

    private SideDoor(Server server, Path file) {
        this.server = server;
        this.file = file;
    }

    /**
     * Keeps the server to loopback. Call this before H2's first class loads, because H2 reads the setting then and
     * would listen on every interface.
     */
    static void keepToLoopback() {
        System.setProperty("h2.bindAddress", LOOPBACK);
    }

    /** @return null, with a warning, where H2 would listen beyond this machine */
    static @Nullable SideDoor open(Path database) throws SQLException, IOException {
        if (!LOOPBACK.equals(SysProperties.BIND_ADDRESS)) {
            LOG.warn("commands cannot join this process: H2 was loaded before its h2.bindAddress could be set");
            return null;
        }
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        String key = HexFormat.of().formatHex(secret);
        Server server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-key", key, database.toString())
                .start();
        Properties entries = new Properties();
        entries.setProperty("port", Integer.toString(server.getPort()));
        entries.setProperty("key", key);
        entries.setProperty("pid", Long.toString(ProcessHandle.current().pid()));
        Path file = doorOf(database);
        try {
            write(file, entries);
        } catch (IOException e) {
            server.stop();
            throw e;
        }
        return new SideDoor(server, file);
    }

    /** @return the JDBC URL of the daemon's door, or null where there is none */
    static @Nullable String urlOf(Path database) {
        Properties entries = read(database);
        String port = entries.getProperty("port");
        String key = entries.getProperty("key");
        return port == null || key == null ? null : "jdbc:h2:tcp://" + LOOPBACK + ":" + port + "/" + key;
    }

    /** @return the process that opened the door, or null where none is known to live */
    static @Nullable Long pidOf(Path database) {
        String pid = read(database).getProperty("pid");
        if (pid == null || !pid.matches("\\d{1,18}")) {
            return null;
        }
        boolean lives = ProcessHandle.of(Long.parseLong(pid))
                .map(ProcessHandle::isAlive)
                .orElse(false);
        return lives ? Long.valueOf(pid) : null;
    }

    private static Path doorOf(Path database) {
        return database.resolveSibling(database.getFileName() + ".door");
    }

    private static void write(Path file, Properties entries) throws IOException {
        StringWriter text = new StringWriter();
        entries.store(text, "The running daemon's door for commands of the same user; removed when it stops");
        Path fresh = Files.createTempFile(directoryOf(file), ".door", null, ownerOnly(file));
        Files.writeString(fresh, text.toString());
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of(".") : parent;
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static Properties read(Path database) {
        Properties entries = new Properties();
        Path file = doorOf(database);
        if (Files.isReadable(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                entries.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("event=door-not-read file={} reason=\"{}\"", file, e.getMessage());
            }
        }
        return entries;
    }

    @Override
    public void close() {
        server.stop();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("event=door-not-removed file={} reason=\"{}\"", file, e.getMessage());
        }
    }
}
