package org.paceline.dialer.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.time.Moment;

class TrunksTest {
    private static final TrunkId A = new TrunkId("a");
    private static final TrunkId B = new TrunkId("b");
    private static final List<TrunkId> BOTH = List.of(A, B);

    private final Trunks trunks = new Trunks();
    private Moment now = new Moment(1_000_000_000L, 1_795_000_000_000L);

    @Test
    void shouldHaveRoomForTheChannelsOfAllTrunks() {
        given(A, 10, 2, 5).take(new CallId(1));
        given(B, 3, 0, 1);
        TrunkCapacity capacity = trunks.capacity(BOTH, now);
        assertThat(capacity.calls()).isEqualTo(7 + 3);
        assertThat(capacity.callsPerSecond()).isEqualTo(6);
        assertThat(capacity.allowance()).isEqualTo(1);
        assertThat(trunks.capacity(List.of(B), now).calls()).isEqualTo(3);
    }

    @Test
    void shouldCountNoTrunkThatIsFullBlockedOrDown() {
        Trunk a = given(A, 1, 0, 5);
        Trunk b = given(B, 3, 0, 1);
        a.take(new CallId(1));
        assertThat(trunks.capacity(BOTH, now)).isEqualTo(new TrunkCapacity(3, 1, 1));
        b.changed(true, 2_000, "503", now);
        assertThat(trunks.capacity(BOTH, now)).isEqualTo(new TrunkCapacity(0, 0, 0));
        assertThat(trunks.limit(BOTH, now))
                .isEqualTo("trunk a has all 1 channels in use; trunk b is blocked: 503")
                .isEqualTo(trunks.obstacle(BOTH, now));
        now = now.plusMillis(2_000);
        assertThat(trunks.capacity(BOTH, now).calls()).isEqualTo(3);
        b.changed(false, 0, "OPTIONS unanswered", now);
        assertThat(trunks.capacity(BOTH, now).calls()).isZero();
    }

    @Test
    void shouldLetThroughWhatTheRateAllowsUntilThen() {
        given(A, 100, 0, 4).take(new CallId(1));
        assertThat(trunks.capacity(BOTH, now).within(0.2)).isZero();
        assertThat(trunks.capacity(BOTH, now).within(0.5)).isEqualTo(2);
        now = now.plusMillis(125);
        assertThat(trunks.capacity(BOTH, now).within(0.2)).isEqualTo(1);
        assertThat(trunks.capacity(BOTH, now).within(60)).isEqualTo(99);
        assertThat(trunks.capacity(BOTH, now).atMost(7).within(60)).isEqualTo(7);
        assertThat(trunks.capacity(BOTH, now).atMost(-2).within(60)).isZero();
        assertThat(TrunkCapacity.UNLIMITED.within(0)).isEqualTo(Integer.MAX_VALUE);
    }

    private Trunk given(TrunkId id, int channels, int reserved, double callsPerSecond) {
        trunks.configure(new TrunkSettings(id, channels, reserved, callsPerSecond, 1, null), now);
        for (Trunk trunk : trunks.all()) {
            if (trunk.settings().id().equals(id)) {
                trunk.changed(true, 0, "answers", now);
                return trunk;
            }
        }
        throw new AssertionError(id);
    }
}
