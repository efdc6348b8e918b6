package org.paceline.daemon.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.paceline.daemon.gate.EmbeddedFiles.execute;
import static org.paceline.daemon.gate.EmbeddedFiles.write;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.database.Database;

/** What a transaction did is in the log, whole and nothing else, when it has ended. */
class RowCaptureTest {
    @TempDir
    Path directory;

    private EmbeddedFiles files;
    private Database database;
    private int snapshots;

    @BeforeEach
    void open() throws Exception {
        files = new EmbeddedFiles(directory.resolve("data"));
        database = files.open();
    }

    /** Whatever the test did: the log knows what the tables have, and can make them again. */
    @AfterEach
    void theLogAloneMakesTheSameTables() throws Exception {
        assertThat(database.verify(Verification.Part.TABLES).whole()).isTrue();
        EmbeddedFiles copy = files.snapshot(directory.resolve("again"));
        Files.delete(copy.database());
        try (Database again = copy.open()) {
            assertThat(EmbeddedFiles.rows(again)).isEqualTo(EmbeddedFiles.rows(database));
        }
        database.close();
    }

    private List<List<String>> records() throws Exception {
        return files.records(directory.resolve("snapshot-" + snapshots++));
    }

    private List<String> last() throws Exception {
        return records().getLast();
    }

    @Test
    void shouldHaveEachRowOfAStatementWhenItInsertsSeveral() throws Exception {
        write(database, "INSERT INTO callee VALUES (1), (2), (3)");
        assertThat(last()).containsExactly("callee[1]=[1]", "callee[2]=[2]", "callee[3]=[3]");
    }

    @Test
    void shouldHaveTheRowAsItIsAtTheEndWhenATransactionChangesItTwice() throws Exception {
        write(database, "INSERT INTO node VALUES ('a', 1, 5)");
        write(
                database,
                "UPDATE node SET lease_until = 6 WHERE name = 'a'",
                "UPDATE node SET lease_until = lease_until + 1");
        assertThat(last()).containsExactly("node[a]=[a,1,7]");
    }

    @Test
    void shouldHaveRowsThatAreGone() throws Exception {
        write(database, "INSERT INTO callee VALUES (1), (2)");
        write(database, "DELETE FROM callee WHERE e164 = 1", "INSERT INTO callee VALUES (3)", "DELETE FROM callee");
        assertThat(last()).as("3 came and went").containsExactly("callee[1] gone", "callee[2] gone");
    }

    @Test
    void shouldRefuseAStatementThatChangesAKeyAndGoOn() throws Exception {
        write(database, "INSERT INTO callee VALUES (1), (2), (3)");
        assertThatThrownBy(() -> write(database, "UPDATE callee SET e164 = e164 + 1"))
                .hasMessage("a statement changes the key of a row of table callee, which the redo log cannot tell:"
                        + " delete the row, and insert it anew");
        write(database, "INSERT INTO callee VALUES (4)");
        assertThat(last()).containsExactly("callee[4]=[4]");
    }

    @Test
    void shouldHaveWhatAMergeInsertedAndUpdated() throws Exception {
        write(database, "INSERT INTO node VALUES ('a', 1, 5)");
        write(database, "MERGE INTO node (name, run, lease_until) KEY (name) VALUES ('a', 2, 6), ('b', 1, 1)");
        assertThat(last()).containsExactly("node[a]=[a,2,6]", "node[b]=[b,1,1]");
        write(
                database,
                "MERGE INTO node USING (VALUES ('a', 3), ('c', 1)) s(name, run) ON node.name = s.name"
                        + " WHEN MATCHED THEN UPDATE SET run = s.run"
                        + " WHEN NOT MATCHED THEN INSERT VALUES (s.name, s.run, 0)");
        assertThat(last()).containsExactly("node[a]=[a,3,6]", "node[c]=[c,1,0]");
    }

    @Test
    void shouldHaveOnlyTheRowsThatAreNewWhenAConflictIsPassedOver() throws Exception {
        write(database, "INSERT INTO callee VALUES (1)");
        write(database, "INSERT INTO callee VALUES (1), (2) ON CONFLICT DO NOTHING");
        assertThat(last()).containsExactly("callee[2]=[2]");
        int before = records().size();
        write(database, "INSERT INTO callee VALUES (1), (2) ON CONFLICT DO NOTHING");
        assertThat(records()).as("nothing changed").hasSize(before);
    }

    @Test
    void shouldHaveARowThatItsOwnTransactionInsertsTwice() throws Exception {
        String insert = "INSERT INTO callee VALUES (1) ON CONFLICT DO NOTHING";
        write(database, insert, insert);
        assertThat(last()).containsExactly("callee[1]=[1]");
    }

    @Test
    void shouldHaveARowAsItIsWhenItIsInsertedAgainAfterAChange() throws Exception {
        String insert = "INSERT INTO node VALUES ('a', 1, 5) ON CONFLICT DO NOTHING";
        write(database, insert);
        write(database, insert, "UPDATE node SET run = 2", insert);
        assertThat(last()).containsExactly("node[a]=[a,2,5]");
        write(database, "UPDATE node SET run = 1", insert, "DELETE FROM node", insert);
        assertThat(last()).containsExactly("node[a]=[a,1,5]");
    }

    @Test
    void shouldHaveTheNumberThatTheDatabaseGave() throws Exception {
        long id = database.<Long, RuntimeException>write(
                handle -> handle.createUpdate("INSERT INTO lead (campaign, e164, region, status, imported_at)"
                                + " VALUES ('spring', 13055550123, 'US', 'NEW', 0)")
                        .executeAndReturnGeneratedKeys("id")
                        .mapTo(Long.class)
                        .one());
        assertThat(last()).hasSize(1).first().asString().startsWith("lead[" + id + "]=[" + id + ",spring,13055550123");
    }

    @Test
    void shouldHaveLongTextsBytesAndNulls() throws Exception {
        String text = "ä€\uD83D\uDE00\n\"'\\".repeat(10_000);
        byte[] bytes = {0, -1, 127, -128, 10};
        database.<Object, RuntimeException>write(handle -> {
            handle.execute("INSERT INTO script_version VALUES ('spring', 'v1', 'ab', TRUE, ?, 5)", text);
            handle.execute("INSERT INTO do_not_call_segment VALUES (1, 2, 3, ?)", (Object) bytes);
            handle.execute(
                    "INSERT INTO complaint (id, e164, campaign, entered_at, entered_by, owner, due_at, text, state)"
                            + " VALUES (7, 1, NULL, -9223372036854775808, '', 'o', 9223372036854775807, '', 'OPEN')");
            return "";
        });
        assertThat(last())
                .contains(
                        "script_version[spring,v1,ab]=[spring,v1,ab,true," + text + ",5]",
                        "do_not_call_segment[1,2]=[1,2,3,[0, -1, 127, -128, 10]]");
        assertThat(last()).anyMatch(row -> row.startsWith("complaint[7]=[7,1,null,null,null,-9223372036854775808,,o,"));
    }

    @Test
    void shouldHaveNothingOfAStatementThatFailedInTheMiddle() throws Exception {
        write(
                database,
                "INSERT INTO callee VALUES (5)",
                "INSERT INTO node VALUES ('a', 1, 5), ('b', 2, 6)",
                "INSERT INTO agent_event (id, agent, node, at, state) VALUES (1, 'ann', 'a', 1, 'IDLE'), (2, 'ann', 'a', 2, 'IDLE')");
        database.<Object, RuntimeException>write(handle -> {
            handle.execute("UPDATE node SET run = 10 WHERE name = 'a'");
            handle.execute("INSERT INTO callee VALUES (1)");
            for (String failing : List.of(
                    "INSERT INTO callee VALUES (3), (4), (5), (6)",
                    "UPDATE agent_event SET at = 9",
                    "UPDATE node SET run = 100 / (lease_until - 6)",
                    "UPDATE callee SET e164 = 9",
                    "MERGE INTO node USING (VALUES ('a', 3), ('c', NULL)) s(name, run) ON node.name = s.name"
                            + " WHEN MATCHED THEN UPDATE SET run = s.run"
                            + " WHEN NOT MATCHED THEN INSERT VALUES (s.name, s.run, 0)",
                    "INSERT INTO lead (campaign, e164, region, status, imported_at)"
                            + " VALUES ('spring', 1, 'US', 'NEW', 0), ('spring', 2, 'US', 'ODD', 0)")) {
                assertThatThrownBy(() -> handle.execute(failing)).isInstanceOf(UnableToExecuteStatementException.class);
            }
            handle.execute("INSERT INTO callee VALUES (2)");
            return "";
        });
        assertThat(last()).containsExactly("callee[1]=[1]", "callee[2]=[2]", "node[a]=[a,10,5]");
    }

    @Test
    void shouldHaveNothingOfWhatASavepointTookBack() throws Exception {
        write(database, "INSERT INTO callee VALUES (1)", "INSERT INTO node VALUES ('a', 1, 5)");
        database.<Object, RuntimeException>write(handle -> {
            handle.execute("INSERT INTO callee VALUES (2)");
            handle.savepoint("here");
            execute(
                    handle,
                    "DELETE FROM callee WHERE e164 = 1",
                    "UPDATE node SET run = 9",
                    "INSERT INTO callee VALUES (3)",
                    "DELETE FROM callee WHERE e164 = 2");
            handle.rollbackToSavepoint("here");
            handle.execute("INSERT INTO callee VALUES (4)");
            return "";
        });
        assertThat(last()).containsExactly("callee[2]=[2]", "callee[4]=[4]");
    }

    @Test
    void shouldHaveNothingOfATransactionThatFailed() throws Exception {
        write(database, "INSERT INTO callee VALUES (1)");
        int before = records().size();
        assertThatThrownBy(() -> write(database, "INSERT INTO callee VALUES (2)", "INSERT INTO callee VALUES (1)"))
                .isInstanceOf(JdbiException.class);
        assertThatThrownBy(() -> database.<Object, IllegalStateException>write(handle -> {
                    handle.execute("DELETE FROM callee");
                    throw new IllegalStateException("the work failed");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(records()).hasSize(before);
        write(database, "INSERT INTO callee VALUES (3)");
        assertThat(last()).as("what came before is forgotten").containsExactly("callee[3]=[3]");
    }

    @Test
    void shouldHaveTheLastTryAloneWhenATransactionIsTriedAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        database.<Object, SQLException>write(handle -> {
            int again = tries.incrementAndGet();
            handle.execute("INSERT INTO callee VALUES (?)", again);
            if (again < 3) {
                throw new SQLException("another one was in its way", "40001");
            }
            return again;
        });
        assertThat(records()).hasSize(1);
        assertThat(last()).containsExactly("callee[3]=[3]");
    }

    @Test
    void shouldHaveOneRecordForEachTransactionInTheirOrder() throws Exception {
        for (int i = 0; i < 20; i++) {
            write(database, "INSERT INTO callee VALUES (" + i + ")");
        }
        assertThat(records()).hasSize(20);
        assertThat(records().get(7)).containsExactly("callee[7]=[7]");
    }
}
