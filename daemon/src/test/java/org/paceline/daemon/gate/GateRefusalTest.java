package org.paceline.daemon.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.api.Trigger;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.redo.Disk;
import org.paceline.daemon.redo.FolderDisk;
import org.paceline.daemon.redo.RedoLog;
import org.paceline.daemon.redo.StoreShape;

/** What a transaction becomes when the log, its disk or the database refuses it at the end. */
class GateRefusalTest {
    @TempDir
    Path directory;

    private final JdbcDataSource source = new JdbcDataSource();
    private final List<String> rebuilds = new ArrayList<>();
    private FailingDisk disk;
    private RedoLog redo;
    private Connection connection;
    private Gate gate;

    @BeforeEach
    void open() throws Exception {
        source.setURL("jdbc:h2:" + directory.resolve("paceline") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE");
        source.setUser("sa");
        connection = source.getConnection();
        execute(
                "CREATE TABLE callee (e164 BIGINT PRIMARY KEY)",
                "CREATE TABLE node (name VARCHAR(10) PRIMARY KEY, run BIGINT)",
                "CREATE TABLE attempt (call_id BIGINT PRIMARY KEY)",
                "CREATE SEQUENCE run_number");
        StoreShape shape = new StoreShape(UUID.randomUUID(), "1", Tables.read(connection));
        RedoState.create(connection, shape.store(), 0);
        Triggers.set(connection, shape);
        FolderDisk folder = new FolderDisk(directory.resolve("redo"));
        folder.make();
        disk = new FailingDisk(folder);
        redo = RedoLog.open(disk, "boot");
        redo.begin(shape, 1, Tables.sums(connection, shape.tables()), true);
        gate = gate(shape, false);
        connection.setAutoCommit(false);
    }

    private Gate gate(StoreShape shape, boolean forces) throws SQLException {
        return new Gate(redo, shape, source, forces, rebuilds::add);
    }

    @AfterEach
    void close() throws Exception {
        gate.close();
        connection.close();
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void write(String... statements) throws SQLException {
        try {
            gate.enter(connection);
            execute(statements);
            gate.commit(connection);
        } catch (SQLException | RuntimeException | Error e) {
            connection.rollback();
            gate.leave();
            throw e;
        }
    }

    private List<Long> callees() throws SQLException {
        List<Long> callees = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT e164 FROM callee ORDER BY e164")) {
            while (rows.next()) {
                callees.add(rows.getLong(1));
            }
        }
        connection.rollback();
        return callees;
    }

    private List<Long> logged() throws IOException {
        List<Long> numbers = new ArrayList<>();
        redo.read(1, (_, record) -> numbers.add(record.number()));
        return numbers;
    }

    @Test
    void shouldTellAndKeepNothingWhenTheLogTakesNoWrite() throws Exception {
        write("INSERT INTO callee VALUES (1)");
        disk.isFull = true;
        assertThatThrownBy(() -> write("INSERT INTO callee VALUES (2)", "DELETE FROM callee WHERE e164 = 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("the redo log cannot be written: ")
                .hasMessageContaining("No space left on device");
        assertThat(callees()).containsExactly(1L);
        assertThat(logged()).containsExactly(1L);

        disk.isFull = false;
        write("INSERT INTO callee VALUES (3)");
        assertThat(callees()).containsExactly(1L, 3L);
        assertThat(logged()).as("no gap, and nothing of what was refused").containsExactly(1L, 2L);
        redo.close();
        redo = RedoLog.open(disk, "boot");
        assertThat(redo.cut()).isEmpty();
        assertThat(logged()).containsExactly(1L, 2L);
    }

    @Test
    void shouldLetTheDatabaseAloneWhileTheDiskIsFull() throws Exception {
        write("INSERT INTO callee VALUES (1)");
        long before = states();
        disk.isFull = true;
        gate.writeDatabase();
        assertThat(states()).isEqualTo(before);
        disk.isFull = false;
        gate.writeDatabase();
        assertThat(states()).isGreaterThan(before);
        assertThat(rebuilds).isEmpty();
    }

    /** Returns how many states H2 has begun to write. */
    private long states() throws SQLException {
        return Gate.local(connection).getDatabase().getStore().getMvStore().getCurrentVersion();
    }

    @Test
    void shouldGiveTheTurnOnWhenTheLogTakesNoWrite() throws Exception {
        disk.isFull = true;
        assertThatThrownBy(() -> write("INSERT INTO callee VALUES (2)")).isInstanceOf(SQLException.class);
        disk.isFull = false;
        CompletableFuture<Void> other = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try (Connection own = source.getConnection()) {
                gate.enter(own);
                gate.leave();
                other.complete(null);
            } catch (SQLException | RuntimeException e) {
                other.completeExceptionally(e);
            }
        });
        other.get();
    }

    @Test
    void shouldTellATransactionAsDoneWhenTheLogHasItAndTheDatabaseFailsOnce() throws Exception {
        write("INSERT INTO callee VALUES (1)");
        try (Connection own = source.getConnection();
                Statement statement = own.createStatement()) {
            statement.execute(
                    "CREATE TRIGGER fails_once BEFORE UPDATE ON redo_state CALL '" + FailsOnce.class.getName() + "'");
        }
        FailsOnce.left.set(1);
        write("INSERT INTO callee VALUES (2)", "DELETE FROM callee WHERE e164 = 1");
        assertThat(FailsOnce.left).hasValue(0);
        assertThat(logged()).containsExactly(1L, 2L);
        assertThat(callees()).containsExactly(2L);
        write("INSERT INTO callee VALUES (3)");
        assertThat(callees()).containsExactly(2L, 3L);
        assertThat(RedoState.read(connection))
                .isEqualTo(new RedoState(gate.shape().store(), 3));
        assertThat(redo.sums()).isEqualTo(Tables.sums(connection, gate.shape().tables()));
    }

    /** Lets a statement fail. */
    public static final class FailsOnce implements Trigger {
        private static final AtomicInteger left = new AtomicInteger();

        @Override
        public void fire(Connection connection, @Nullable Object @Nullable [] before, @Nullable Object @Nullable [] now)
                throws SQLException {
            if (left.getAndUpdate(calls -> Math.max(0, calls - 1)) > 0) {
                throw new SQLException("the database failed");
            }
        }
    }

    @Test
    void shouldEndAllWritingWhenTheDiskDoesNotHoldWhatWasWritten() throws Exception {
        StoreShape shape = gate.shape();
        gate = gate(shape, true);
        write("INSERT INTO callee VALUES (1)");
        disk.forgets = true;
        assertThatThrownBy(() -> write("INSERT INTO callee VALUES (2)"))
                .isInstanceOf(StorageFailedError.class)
                .hasMessageContaining("could not be forced to the disk");
        disk.forgets = false;
        assertThatThrownBy(() -> write("INSERT INTO callee VALUES (3)"))
                .as("a second try would say that all is well")
                .isInstanceOf(StorageFailedError.class);
        assertThat(callees()).doesNotContain(3L);
    }

    /** A folder whose disk fails when the test says so. */
    private static final class FailingDisk implements Disk {
        private final FolderDisk folder;
        private boolean isFull;
        private boolean forgets;

        FailingDisk(FolderDisk folder) {
            this.folder = folder;
        }

        @Override
        public List<String> names() throws IOException {
            return folder.names();
        }

        @Override
        public long length(String name) throws IOException {
            return folder.length(name);
        }

        @Override
        public InputStream read(String name) throws IOException {
            return folder.read(name);
        }

        @Override
        public Output create(String name) throws IOException {
            return new FailingOutput(folder.create(name));
        }

        @Override
        public Output append(String name, long length) throws IOException {
            return new FailingOutput(folder.append(name, length));
        }

        @Override
        public void rename(String from, String to) throws IOException {
            folder.rename(from, to);
        }

        @Override
        public void forceNames() throws IOException {
            folder.forceNames();
        }

        @Override
        public void delete(String name) throws IOException {
            folder.delete(name);
        }

        @Override
        public long freeBytes() {
            return isFull ? 0 : Long.MAX_VALUE;
        }

        @Override
        public String place(String name) {
            return folder.place(name);
        }

        private final class FailingOutput implements Output {
            private final Output file;

            FailingOutput(Output file) {
                this.file = file;
            }

            @Override
            public void write(ByteBuffer bytes) throws IOException {
                if (isFull) {
                    file.write(ByteBuffer.wrap(bytes.array(), bytes.arrayOffset(), bytes.remaining() / 2));
                    throw new IOException("No space left on device");
                }
                file.write(bytes);
            }

            @Override
            public void force() throws IOException {
                if (forgets) {
                    throw new IOException("Input/output error");
                }
                file.force();
            }

            @Override
            public void truncate(long length) throws IOException {
                file.truncate(length);
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        }
    }
}
