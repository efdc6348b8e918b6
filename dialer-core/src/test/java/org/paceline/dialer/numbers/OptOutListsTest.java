package org.paceline.dialer.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.dialer.id.CampaignId;
import org.paceline.rules.OptOut;

class OptOutListsTest {
    private static final CampaignId SPRING = new CampaignId("spring");
    private static final CampaignId AUTUMN = new CampaignId("autumn");
    private static final OptOut REGISTRY = new OptOut("file:registry", null, 1_000);
    private static final OptOut LETTER = new OptOut("letter", "spring", 2_000);

    @Test
    void shouldNameTheEntryThatCoversTheCampaignAndLastsLongest() {
        OptOutLists.Builder builder = new OptOutLists.Builder(List.of(REGISTRY, LETTER), 3);
        builder.add(13055550123L, 0);
        builder.add(13055550123L, 1);
        builder.add(447700900123L, 1);
        OptOutLists lists = builder.build();
        assertThat(lists.optOutOf(13055550123L, SPRING, 0)).isEqualTo(LETTER);
        assertThat(lists.optOutOf(13055550123L, AUTUMN, 0)).isEqualTo(REGISTRY);
        assertThat(lists.optOutOf(13055550123L, AUTUMN, 1_000)).isNull();
        assertThat(lists.optOutOf(447700900123L, SPRING, 1_999)).isEqualTo(LETTER);
        assertThat(lists.optOutOf(447700900123L, SPRING, 2_000)).isNull();
        assertThat(lists.optOutOf(447700900123L, AUTUMN, 0)).isNull();
        assertThat(OptOutLists.NONE.optOutOf(13055550123L, SPRING, 0)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldAnswerAsATreeOfTheSameNumbersDoes(long seed) {
        Random random = new Random(seed);
        int most = seed == 1 ? 1 : 300;
        List<OptOut> lists = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            lists.add(new OptOut("list " + i, null, 1L + i));
        }
        Map<Long, TreeSet<Integer>> listsOf = new TreeMap<>();
        for (int i = 0; i < 20_000; i++) {
            boolean far = random.nextInt(4) == 0;
            long number = far ? random.nextLong(1, 1_000_000_000_000_000L) : 1L + random.nextInt(30_000);
            listsOf.computeIfAbsent(number, _ -> new TreeSet<>()).add(random.nextInt(most));
        }
        // One number stands in every list, over several blocks.
        listsOf.put(15_000L, new TreeSet<>(IntStream.range(0, most).boxed().toList()));
        OptOutLists.Builder builder = new OptOutLists.Builder(lists, 10);
        listsOf.forEach((number, of) -> of.forEach(list -> builder.add(number, list)));
        OptOutLists built = builder.build();
        assertThat(built.size())
                .isEqualTo(listsOf.values().stream().mapToLong(TreeSet::size).sum());
        List<Long> asked = new ArrayList<>(listsOf.keySet());
        listsOf.keySet().forEach(number -> asked.add(number + 1));
        for (long number : asked) {
            TreeSet<Integer> of = listsOf.get(number);
            @Nullable OptOut expected = of == null ? null : lists.get(of.last());
            if (!Objects.equals(built.optOutOf(number, SPRING, 0), expected)) {
                assertThat(built.optOutOf(number, SPRING, 0))
                        .as("seed %d number %d", seed, number)
                        .isEqualTo(expected);
            }
        }
    }
}
