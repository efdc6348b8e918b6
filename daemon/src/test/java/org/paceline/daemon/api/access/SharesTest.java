package org.paceline.daemon.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.paceline.dialer.id.AgentId;

class SharesTest {
    private static final Caller ALICE = new Caller.Agent(new AgentId("alice"));
    private static final Caller BOB = new Caller.Agent(new AgentId("bob"));
    private static final Caller BOSS = new Caller.Supervisor("alice");

    private final Shares shares = new Shares(new Shares.Bounds(4, 2, 2, 3));

    @Test
    void shouldGiveEachTokenItsShareThoughNamesAreTheSame() {
        assertThat(shares.enter(ALICE)).isTrue();
        assertThat(shares.enter(ALICE)).isTrue();
        assertThat(shares.enter(ALICE)).isFalse();
        assertThat(shares.enter(BOB)).isTrue();
        assertThat(shares.enter(BOSS)).isTrue();

        shares.leave(ALICE);
        assertThat(shares.enter(ALICE)).isTrue();
    }

    @Test
    void shouldKeepPlacesForSupervisorsAndOptOuts() {
        assertThat(shares.begin(ALICE, false)).isTrue();
        assertThat(shares.begin(BOB, false)).isTrue();
        assertThat(shares.begin(BOB, false)).isFalse();

        assertThat(shares.begin(BOB, true)).isTrue();
        assertThat(shares.begin(BOSS, false)).isTrue();
        assertThat(shares.begin(BOSS, false)).isFalse();
        shares.end();
        assertThat(shares.begin(BOSS, false)).isTrue();
    }
}
