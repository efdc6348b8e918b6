package org.paceline.sip.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PortRangeTest {

    @Test
    void shouldHandOutEvenPortsAndReuseThemLast() {
        PortRange ports = range(10_001, 10_007);
        assertThat(ports.take()).isEqualTo(10_002);
        ports.release(10_002);
        assertThat(ports.take()).isEqualTo(10_004);
        assertThat(ports.take()).isEqualTo(10_006);
        assertThat(ports.take()).isEqualTo(10_002);
        assertThat(ports.take()).isEqualTo(PortRange.NONE);
        assertThat(ports.free()).isZero();
    }

    @Test
    void shouldTryAllPortsOfOtherProgramsInTurn() {
        PortRange ports = range(10_000, 10_008);
        for (int i = 0; i < 5; i++) {
            ports.hold(ports.take());
        }
        assertThat(ports.heldToTry(2)).containsExactly(10_000, 10_002);
        assertThat(ports.heldToTry(2)).containsExactly(10_004, 10_006);
        assertThat(ports.heldToTry(2)).containsExactly(10_008, 10_000);

        ports.heldNoMore(10_008);
        assertThat(ports.take()).isEqualTo(10_008);
        assertThat(ports.held()).isEqualTo(4);
        assertThat(ports.usable()).isEqualTo(1);
    }

    @Test
    void shouldSetPortsOfOtherProgramsAsideUntilTheyLetGo() {
        PortRange ports = range(10_001, 10_007);
        ports.hold(ports.take());
        assertThat(ports.usable()).isEqualTo(2);
        assertThat(ports.free()).isEqualTo(2);
        assertThat(ports.held()).isEqualTo(1);
        assertThat(ports.heldToTry(8)).containsExactly(10_002);
        ports.take();
        ports.take();
        assertThat(ports.take()).isEqualTo(PortRange.NONE);

        ports.heldNoMore(10_002);
        ports.heldNoMore(10_002);
        assertThat(ports.usable()).isEqualTo(3);
        assertThat(ports.take()).isEqualTo(10_002);
        assertThat(ports.take()).as("given back once").isEqualTo(PortRange.NONE);
    }

    @Test
    void shouldRefuseARangeWithoutAnEvenPort() {
        assertThatThrownBy(() -> range(10_001, 10_001))
                .hasMessage("firstPort=10001 lastPort=10001: must hold at least one even port");
    }

    private static PortRange range(int first, int last) {
        return new PortRange(new MediaSettings(first, last, null, 0));
    }
}
