package org.paceline.sip.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.paceline.sip.SipSettings;

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
    void shouldRefuseARangeWithoutAnEvenPort() {
        assertThatThrownBy(() -> range(10_001, 10_001))
                .hasMessage("firstPort=10001 lastPort=10001: must hold at least one even port");
    }

    private static PortRange range(int first, int last) {
        return new PortRange(new SipSettings.Media(first, last, null, 0));
    }
}
