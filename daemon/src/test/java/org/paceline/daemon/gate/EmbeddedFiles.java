package org.paceline.daemon.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.redo.FolderDisk;
import org.paceline.daemon.redo.RedoLog;
import org.paceline.daemon.redo.RowChange;
import org.paceline.daemon.redo.RowCodec;
import org.paceline.daemon.redo.StoreShape;
import org.paceline.daemon.redo.TableShape;

/** The files of an embedded database in a folder, and what tests do to them. */
record EmbeddedFiles(Path folder) {
    private static final String NAME = "paceline";

    DatabaseSettings settings() {
        return DatabaseSettings.embedded(folder.resolve(NAME));
    }

    Database open() throws Exception {
        return Database.open(settings());
    }

    /** The path of the database as settings have it, without an ending. */
    Path path() {
        return folder.resolve(NAME);
    }

    Path database() {
        return folder.resolve(NAME + ".mv.db");
    }

    Path redo() {
        return folder.resolve(NAME + ".redo");
    }

    /** The files of the log, the oldest first. */
    List<Path> segments() throws IOException {
        return ending(redo(), ".redo");
    }

    /** The copies, the oldest first. */
    List<Path> copies() throws IOException {
        return ending(redo(), ".copy");
    }

    /** What was set aside: databases and folders. */
    List<Path> setAside() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().contains(".set-aside-"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> ending(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Copies the files as a kill at this moment would leave them: first the database, then its log, so that the log has
     * whatever the database has.
     */
    EmbeddedFiles snapshot(Path to) throws IOException {
        EmbeddedFiles copy = new EmbeddedFiles(to);
        Files.createDirectories(copy.redo());
        if (Files.exists(database())) {
            Files.copy(database(), copy.database());
        }
        try (Stream<Path> files = Files.list(redo())) {
            for (Path file : files.sorted().toList()) {
                Files.copy(file, copy.redo().resolve(file.getFileName()));
            }
        }
        return copy;
    }

    /** The records that the log has now: each with its changes, as in {@code callee[5]=[5]} or {@code callee[5] gone}. */
    List<List<String>> records(Path to) throws IOException {
        List<List<String>> records = new ArrayList<>();
        EmbeddedFiles copy = snapshot(to);
        try (RedoLog log = RedoLog.open(new FolderDisk(copy.redo()), "")) {
            log.read(
                    log.first(),
                    (shape, record) -> records.add(record.changes().stream()
                            .map(change -> text(shape, change))
                            .sorted()
                            .toList()));
        }
        return records;
    }

    private static String text(StoreShape shape, RowChange change) {
        TableShape table = shape.tables().get(change.table());
        String key = values(RowCodec.decode(change.key(), table.key().size()));
        byte[] row = change.row();
        return table.name()
                + key
                + (row == null
                        ? " gone"
                        : "=" + values(RowCodec.decode(row, table.columns().size())));
    }

    private static String values(@Nullable Object[] values) {
        return Arrays.stream(values)
                .map(value -> value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value))
                .collect(Collectors.joining(",", "[", "]"));
    }

    static int write(Database database, String... statements) {
        return database.<Integer, RuntimeException>write(handle -> execute(handle, statements));
    }

    static int execute(Handle handle, String... statements) {
        return Arrays.stream(statements).mapToInt(handle::execute).sum();
    }

    static String value(Database database, String query) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(query)
                        .map((row, _) -> String.valueOf((Object) row.getString(1)))
                        .one());
    }

    /** All rows of all tables, but for the schema's history and the gate's own. */
    static Map<String, List<String>> rows(Database database) {
        return database.jdbi().withHandle(handle -> {
            Map<String, List<String>> rows = new TreeMap<>();
            for (String table : handle.createQuery(
                            "SELECT table_name FROM information_schema.tables"
                                    + " WHERE table_schema = 'public' AND table_name NOT IN ('flyway_schema_history', 'redo_state')")
                    .mapTo(String.class)
                    .list()) {
                rows.put(
                        table,
                        handle
                                .createQuery("SELECT * FROM \"" + table + "\"")
                                .map((row, _) -> IntStream.rangeClosed(
                                                1, row.getMetaData().getColumnCount())
                                        .mapToObj(column -> column(row, column))
                                        .toList()
                                        .toString())
                                .list()
                                .stream()
                                .sorted()
                                .toList());
            }
            return rows;
        });
    }

    private static String column(java.sql.ResultSet row, int column) {
        try {
            Object value = row.getObject(column);
            return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
