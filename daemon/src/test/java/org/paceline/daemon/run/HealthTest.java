package org.paceline.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.api.FakeFloor;
import org.paceline.daemon.api.HealthCheck;
import org.paceline.daemon.api.RegisteredPhone;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.database.DatabaseWatch;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;

/** The checks that ask the engine's snapshot, the threads and the database. */
class HealthTest {
    private static final Snapshot FLOOR = new FakeFloor().snapshot();

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final ThreadWatch threads = new ThreadWatch(nanos::get, (_, _) -> {});
    private Database database;
    private DatabaseWatch watch;
    private Snapshot snapshot = FLOOR;
    private boolean recordingDemanded;
    private Map<AgentId, List<RegisteredPhone>> phones = Map.of();

    @BeforeEach
    void open() throws Exception {
        database = Database.open(DatabaseSettings.embedded(folder.resolve("paceline")));
        watch = new DatabaseWatch(database::probe, _ -> {}, threads);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void shouldNameAgentsWhoAreSignedInWithoutAPhone() {
        AgentId signedIn = FLOOR.agents().getFirst().id();
        phones = Map.of(signedIn, List.of(new RegisteredPhone("h:1", "sip:h", "", 60, false)));
        assertThat(check("phones")).isEqualTo(new HealthCheck("phones", true, false, "1 registered"));

        phones = Map.of(signedIn, List.of(), new AgentId("of another shift"), List.of());
        assertThat(check("phones"))
                .isEqualTo(new HealthCheck(
                        "phones", false, false, "0 registered; signed in without one: " + signedIn.value()));
    }

    @Test
    void shouldBeUpWhileTheJournalRecordsWithinASecond() {
        snapshot = network(new Snapshot.Network(1_000, 2, 62, 100, 3, 90));
        assertThat(check("journal"))
                .isEqualTo(new HealthCheck("journal", true, false, "stores in 1000 ms, 2 attempts wait, room for 62"));
    }

    @Test
    void shouldTellASlowJournalAndWhenNothingMoreIsPlannedForIt() {
        snapshot = network(new Snapshot.Network(1_001, 40, 24, 100, 3, 90));
        assertThat(check("journal").up()).isFalse();
        assertThat(check("journal").critical()).as("some are still dialled").isFalse();

        snapshot = network(new Snapshot.Network(9_000, 64, 0, 100, 3, 90));
        assertThat(check("journal"))
                .isEqualTo(new HealthCheck("journal", false, true, "stores in 9000 ms, 64 attempts wait, room for 0"));
    }

    @Test
    void shouldTellHowManyPortsAreFreeAndHeld() {
        assertThat(check("rtp-ports"))
                .isEqualTo(new HealthCheck("rtp-ports", true, false, "90 of 100 free, other programs hold 3"));

        snapshot = network(new Snapshot.Network(7, 2, 62, 100, 0, 93));
        assertThat(check("rtp-ports").detail()).isEqualTo("93 of 100 free");

        snapshot = network(new Snapshot.Network(7, 2, 62, Integer.MAX_VALUE, 0, Integer.MAX_VALUE));
        assertThat(check("rtp-ports")).isEqualTo(new HealthCheck("rtp-ports", true, false, "any port"));
    }

    @Test
    void shouldBeDownWithoutAPortOnlyWhereNoCallWillGiveOneBack() {
        snapshot = network(new Snapshot.Network(7, 2, 62, 10, 0, 0));
        assertThat(check("rtp-ports")).isEqualTo(new HealthCheck("rtp-ports", false, false, "0 of 10 free"));

        snapshot = with(0, null, new Snapshot.Network(7, 0, 62, 0, 10, 0));
        assertThat(check("rtp-ports"))
                .isEqualTo(new HealthCheck("rtp-ports", false, true, "0 of 0 free, other programs hold 10"));
    }

    @Test
    void shouldBeDownWhileARecorderThatIsNeededHangs() {
        recordingDemanded = true;
        assertThat(check("recorder").up()).isTrue();
        snapshot = recorder("the recorder hangs: no sign of life for 3 s");
        assertThat(check("recorder"))
                .isEqualTo(new HealthCheck("recorder", false, true, "the recorder hangs: no sign of life for 3 s"));
        recordingDemanded = false;
        assertThat(check("recorder").critical()).isFalse();
    }

    @Test
    void shouldNameThreadsThatHangAndThatDied() {
        Heartbeat slow = threads.heartbeat("slow", 1_000);
        Heartbeat quick = threads.heartbeat("quick", 1_000);
        assertThat(check("threads")).isEqualTo(new HealthCheck("threads", true, true, "all run"));

        nanos.addAndGet(3_000_000_000L);
        quick.beat();
        assertThat(check("threads")).isEqualTo(new HealthCheck("threads", false, true, "slow hangs for 3 s"));

        threads.died("quick", new NoClassDefFoundError("drill"));
        slow.beat();
        assertThat(check("threads")).isEqualTo(new HealthCheck("threads", false, true, "quick died"));
    }

    @Test
    void shouldTellWhatTheDialersWorkSaysOfTheDatabase() {
        assertThat(check("database").up()).isTrue();
        watch.begin(DatabaseWatch.Work.JOURNAL);
        watch.failed(DatabaseWatch.Work.JOURNAL, new SQLException("no route to host", "08001"));
        assertThat(check("database"))
                .isEqualTo(new HealthCheck("database", false, true, "storing attempts: no route to host"));
    }

    private HealthCheck check(String name) {
        return new Health(database, watch, null, () -> snapshot, () -> phones, threads, true, () -> recordingDemanded)
                .checks().stream()
                        .filter(check -> check.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private static Snapshot network(Snapshot.Network network) {
        return with(FLOOR.liveCalls(), null, network);
    }

    private static Snapshot recorder(@Nullable String fault) {
        return with(FLOOR.liveCalls(), fault, FLOOR.network());
    }

    private static Snapshot with(int liveCalls, @Nullable String recorderFault, Snapshot.Network network) {
        return new Snapshot(
                FLOOR.at(),
                FLOOR.draining(),
                liveCalls,
                recorderFault,
                FLOOR.agents(),
                FLOOR.campaigns(),
                FLOOR.trunks(),
                FLOOR.callerIds(),
                network,
                FLOOR.unexpectedEvents(),
                FLOOR.answerToConnected());
    }
}
