package org.paceline.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.Fixtures;
import org.paceline.daemon.attempts.AttemptLog;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.Durability;
import org.paceline.daemon.donotcall.DoNotCallEntry;
import org.paceline.daemon.donotcall.DoNotCallLog;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.rules.OptOut;

class StartRecoveryTest {
    @TempDir
    Path folder;

    private Configuration configuration() throws Exception {
        Files.createDirectories(folder.resolve("campaigns"));
        Path file = Files.writeString(folder.resolve("paceline.yaml"), """
                node: {name: n1, zone: UTC}
                database: {file: data/paceline, log-folder: logs, recovery-limit: 1s}
                sip: {host: 127.0.0.1, port: 0}
                trunks: [{name: main, host: 127.0.0.1, port: 5070, channels: 30}]
                agents: [{name: alice, address: "sip:alice@127.0.0.1:5071", token: alice-token-0123456789}]
                api: {port: 0, supervisors: [{name: boss, token: boss-token-0123456789}]}
                """);
        return Configuration.read(file, _ -> null);
    }

    private static void run(Configuration configuration, Database database, ClosingOrder closing) throws Exception {
        new StartRecovery(database, configuration.daemon(), closing, ThreadWatch.endingTheProcess())
                .run(new CampaignTable(configuration.campaigns()), _ -> {});
    }

    @Test
    void shouldFailInOneLineWhenAStepDoesNotEndInTime() throws Exception {
        Configuration configuration = configuration();
        ClosingOrder closing = new ClosingOrder();
        try (Database database = Database.open(Settings.database(configuration.daemon()));
                Handle locker = database.jdbi().open()) {
            locker.execute(
                    "INSERT INTO attempt (call_id, lead_id, campaign, e164, node, run, trunk, caller_id, planned_at)"
                            + " VALUES (1, 1, 'spring', 13055550123, 'n1', 0, 't', 1, 1)");
            locker.begin();
            locker.execute("UPDATE attempt SET trunk = 'u'");

            assertThatThrownBy(() -> run(configuration, database, closing))
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("recovery step 'attempts-in-doubt' did not end within"
                            + " database.recovery-limit of 1 s: the next start makes the database again");
            assertThat(folder.resolve("data/paceline.redo/rebuild")).exists();
            locker.rollback();
            closing.close();
        }
    }

    @Test
    void shouldSayWhichLogIsDamaged() throws Exception {
        Configuration configuration = configuration();
        Path log = Files.createDirectories(folder.resolve("logs")).resolve("paceline.attempts");
        Files.write(log, new byte[] {'1', (byte) 0xff, '\n'});
        assertThatThrownBy(() -> Daemon.start(configuration))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("attempt log " + log + " line 1 (byte 0) is damaged: it is no UTF-8");
    }

    @Test
    void shouldRecoverWhatTheLastRunLeftAndKeepNoLogsBesideAnEmbeddedDatabase() throws Exception {
        Configuration configuration = configuration();
        ClosingOrder closing = new ClosingOrder();
        try (Database database = Database.open(Settings.database(configuration.daemon()))) {
            database.<Integer, Exception>write(handle -> handle.execute(
                    "INSERT INTO attempt (call_id, lead_id, campaign, e164, node, run, trunk, caller_id, planned_at)"
                            + " VALUES (1, 1, 'spring', 13055550123, 'n1', 0, 't', 1, 1)"));
            run(configuration, database, closing);
            assertThat(Fixtures.value(database, "SELECT outcome FROM attempt")).isEqualTo("INTERRUPTED");
            assertThat(folder.resolve("logs")).doesNotExist();
            closing.close();
        }
    }

    @Test
    void shouldPutBackWhatAnOlderReleasesLogsHaveAndRemoveThemThen() throws Exception {
        Configuration configuration = configuration();
        ClosingOrder closing = new ClosingOrder();
        Path logs = Files.createDirectories(folder.resolve("logs"));
        try (AttemptLog attempts = new AttemptLog(logs.resolve("paceline.attempts"), Durability.PROCESS);
                DoNotCallLog optOuts = new DoNotCallLog(logs.resolve("paceline.donotcall"), Durability.PROCESS)) {
            attempts.append(List.of(Fixtures.attempt(1, 1, 13_055_550_123L, Fixtures.NOON)), 0);
            optOuts.append(List.of(
                    new DoNotCallEntry(13_055_550_124L, new OptOut("agent:ann", null, Fixtures.NOON), Fixtures.NOON)));
        }
        Files.writeString(logs.resolve("paceline.attempts.1"), "");
        try (Database database = Database.open(Settings.database(configuration.daemon()))) {
            run(configuration, database, closing);
            assertThat(Fixtures.value(database, "SELECT call_id || ' ' || outcome FROM attempt"))
                    .isEqualTo("1 INTERRUPTED");
            assertThat(Fixtures.value(database, "SELECT e164 FROM do_not_call")).isEqualTo("13055550124");
            assertThat(logs).isEmptyDirectory();
            closing.close();
        }
        try (Database database = Database.open(Settings.database(configuration.daemon()))) {
            assertThat(Fixtures.value(database, "SELECT COUNT(*) FROM attempt")).isEqualTo("1");
        }
    }
}
