package org.paceline.daemon.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.AUTUMN;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;

import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.daemon.leads.HeldLeads;
import org.paceline.daemon.recovery.Recovery;
import org.paceline.daemon.store.SqlStore;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.AgentId;

/** What is kept of agents' shifts, on any database. */
abstract class SessionContract extends DatabaseContract {
    private static final AgentId ANN = new AgentId("ann");
    private static final long HOUR = 3_600_000;

    private void write(String node, Effect.Entry... entries) throws Exception {
        new SqlStore(database, node, new HeldLeads()).write(List.of(entries));
    }

    private static Effect.SignedIn signedIn(long at) {
        return new Effect.SignedIn(ANN, new LinkedHashSet<>(List.of(AUTUMN, SPRING)), at);
    }

    private List<AgentSession> all() {
        return new SessionTable(database).of(ANN, 0, Long.MAX_VALUE);
    }

    @Test
    void shouldKeepAShiftFromItsBeginToItsEnd() throws Exception {
        write("a", signedIn(NOON));
        assertThat(all()).containsExactly(new AgentSession("a", List.of("autumn", "spring"), NOON, 0, null));

        Effect.SignedOut out = new Effect.SignedOut(ANN, NOON, "line lost: busy", NOON + HOUR);
        write("a", out);
        write("a", signedIn(NOON), new Effect.SignedOut(ANN, NOON, "given again", NOON + 2 * HOUR));
        assertThat(all())
                .containsExactly(
                        new AgentSession("a", List.of("autumn", "spring"), NOON, NOON + HOUR, "line lost: busy"));
    }

    @Test
    void shouldNotEndAShiftBeforeItsBeginWhenTheClockIsSetBackMeanwhile() throws Exception {
        write("a", signedIn(NOON));
        write("a", new Effect.SignedOut(ANN, NOON, null, NOON - HOUR));
        assertThat(all().getFirst().signedOutAtEpochMillis()).isEqualTo(NOON);
    }

    @Test
    void shouldKeepAShiftThatBeginsAndEndsInOneBatch() throws Exception {
        write("a", new Effect.SignedOut(ANN, NOON, null, NOON + 5), signedIn(NOON));
        assertThat(all().getFirst().signedOutAtEpochMillis()).isEqualTo(NOON + 5);
    }

    @Test
    void shouldFindTheShiftsThatReachIntoATime() throws Exception {
        write("a", signedIn(NOON), new Effect.SignedOut(ANN, NOON, null, NOON + HOUR));
        write("a", signedIn(NOON + 2 * HOUR));
        SessionTable table = new SessionTable(database);
        assertThat(table.of(ANN, NOON - HOUR, NOON)).isEmpty();
        assertThat(table.of(ANN, NOON + HOUR / 2, NOON + HOUR)).hasSize(1);
        assertThat(table.of(ANN, NOON + HOUR + 1, NOON + 2 * HOUR)).isEmpty();
        assertThat(table.of(ANN, NOON + 9 * HOUR, NOON + 10 * HOUR))
                .as("still open")
                .hasSize(1);
        assertThat(table.of(new AgentId("bob"), 0, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void shouldEndTheShiftsOfADeadProcessWithTheLastSeenOfEachAgent() throws Exception {
        write("a", signedIn(NOON), new Effect.AgentChanged(ANN, AgentState.READY, null, null, NOON + HOUR));
        write("b", signedIn(NOON + 5));
        Recovery recovery = new Recovery(database, () -> NOON + 2 * HOUR, campaign -> null);
        assertThat(recovery.recover("a").sessionsEnded()).isEqualTo(1);
        assertThat(all())
                .containsExactly(
                        new AgentSession("a", List.of("autumn", "spring"), NOON, NOON + HOUR, "the daemon died"),
                        new AgentSession("b", List.of("autumn", "spring"), NOON + 5, 0, null));
        assertThat(recovery.recover("a").isEmpty()).isTrue();
    }
}
