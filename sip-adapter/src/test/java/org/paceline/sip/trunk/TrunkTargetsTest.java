package org.paceline.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.paceline.sip.dns.Resolution;
import org.paceline.sip.dns.Server;
import org.paceline.sip.stack.Transport;

class TrunkTargetsTest {

    private static final long SEED = 20_261_130;
    private static final TrunkHost MAIN = new TrunkHost("carrier.example", 0, 1, 0);
    private static final TrunkHost BACKUP = new TrunkHost("backup.example", 5060, 2, 0);

    private final TrunkTargets targets =
            new TrunkTargets(List.of(MAIN, BACKUP), new TargetOrder(new SplittableRandom(SEED)));

    @Test
    void shouldShareCallsByTheWeightsOfSrvAndKeepTheBackupLast() {
        take(
                MAIN,
                server("a", 10, 10, "192.0.2.1"),
                server("b", 10, 30, "192.0.2.2"),
                server("c", 20, 90, "192.0.2.3"));
        take(BACKUP, server("d", 0, 0, "192.0.2.4"));
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            List<String> names = targets.inTurn().stream().map(Target::name).toList();
            assertThat(names).hasSize(4).endsWith("c", "d");
            first.merge(names.getFirst(), 1, Integer::sum);
        }
        assertThat(first.get("a")).as("seed %s", SEED).isCloseTo(2_500, Percentage.withPercentage(5));
        assertThat(first.get("b")).as("seed %s", SEED).isCloseTo(7_500, Percentage.withPercentage(5));
    }

    @Test
    void shouldKeepTheAddressesOfAServerWhoseNameDoesNotResolveNow() {
        take(MAIN, server("a", 1, 1, "192.0.2.1"), server("b", 2, 1, "192.0.2.2"));
        targets.take(
                MAIN,
                new Resolution(
                        List.of(server("a", 1, 1), server("b", 2, 1, "192.0.2.9")),
                        List.of("a: SERVFAIL from 192.0.2.53"),
                        60_000));

        assertThat(targets.of(MAIN))
                .flatExtracting(Target::addresses)
                .extracting(InetAddress::getHostAddress)
                .containsExactly("192.0.2.1", "192.0.2.9");
        assertThat(targets.unresolved())
                .isEqualTo("host carrier.example does not resolve: a: SERVFAIL from 192.0.2.53");
    }

    @Test
    void shouldForgetWhatTheNameDoesNotLeadToAnyMore() {
        take(MAIN, server("a", 1, 1, "192.0.2.1"), server("b", 2, 1, "192.0.2.2"));
        take(MAIN, server("b", 2, 1, "192.0.2.2"));

        assertThat(targets.all()).extracting(Target::name).containsExactly("b");
        assertThat(targets.unresolved()).isEmpty();
    }

    private void take(TrunkHost host, Server... servers) {
        targets.take(host, new Resolution(List.of(servers), List.of(), 60_000));
    }

    private static Server server(String name, int priority, int weight, String... addresses) {
        return new Server(
                name,
                Transport.UDP,
                5060,
                priority,
                weight,
                Stream.of(addresses).map(InetAddress::ofLiteral).toList());
    }
}
