package org.paceline.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TargetOrderTest {

    private static final long SEED = 20_261_129;

    private final TargetOrder order = new TargetOrder(new SplittableRandom(SEED));

    @Test
    void shouldTryLowerPrioritiesFirstAndKeepTheOrderWithoutWeights() {
        List<TrunkHost> targets = List.of(target("c", 3, 0), target("a", 1, 0), target("b", 1, 0));
        for (int i = 0; i < 100; i++) {
            assertThat(order.of(targets)).extracting(TrunkHost::host).containsExactly("a", "b", "c");
        }
    }

    @Test
    void shouldShareTheCallsByWeight() {
        List<TrunkHost> targets =
                List.of(target("a", 1, 10), target("b", 1, 30), target("c", 2, 99), target("d", 1, 0));
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            List<TrunkHost> tried = order.of(targets);
            assertThat(tried).hasSize(4).doesNotHaveDuplicates();
            assertThat(tried.subList(2, 4)).extracting(TrunkHost::host).containsExactly("d", "c");
            first.merge(tried.getFirst().host(), 1, Integer::sum);
        }
        assertThat(first.get("a")).as("seed %s", SEED).isCloseTo(2_500, Percentage.withPercentage(5));
        assertThat(first.get("b")).as("seed %s", SEED).isCloseTo(7_500, Percentage.withPercentage(5));
    }

    private static TrunkHost target(String host, int priority, int weight) {
        return new TrunkHost(host, 5060, priority, weight);
    }
}
