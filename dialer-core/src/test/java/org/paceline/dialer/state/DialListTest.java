package org.paceline.dialer.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadTraits;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.NumberKind;
import org.paceline.rules.PhoneNumber;

/** The order of a list, and what may be chosen within it. Leads are known by their ids. */
class DialListTest {
    private static final long SEED = 11;
    private static final int PATIENCE = 200;

    private final DialList list = new DialList();

    @Test
    void shouldChooseTheLikeliestOrTheLeastLikelyOfTheNextFifty() {
        add(0, 1, 60);
        assertThat(idOf(list.choose(0, DialListTest::id, true))).isEqualTo(50);
        assertThat(next()).isEqualTo(50);
        assertThat(idOf(list.choose(0, lead -> -lead.id().value(), false))).isEqualTo(51);
        assertThat(next()).isEqualTo(51);
        assertThat(idOf(list.choose(0, DialListTest::id, false))).isEqualTo(1);
    }

    @Test
    void shouldKeepTheOrderOfTheOthers() {
        add(0, 1, 5);
        list.choose(0, lead -> lead.id().value() == 4 ? 1 : 0, true);
        assertThat(rest()).containsExactly(4L, 1L, 2L, 3L, 5L);
    }

    @Test
    void shouldTakeTheFirstOfSeveralAlike() {
        add(0, 1, 60);
        assertThat(idOf(list.choose(0, _ -> 0.25, true))).isEqualTo(1);
        assertThat(idOf(list.choose(0, _ -> 0.25, false))).isEqualTo(1);
        assertThat(idOf(list.choose(0, lead -> lead.id().value() >= 7 ? 0.5 : 0.25, true)))
                .isEqualTo(7);
    }

    @Test
    void shouldNotChooseAcrossPlaces() {
        add(0, 1, 3);
        add(1, 4, 6);
        add(0, 7, 9);
        List<Long> dialled = new ArrayList<>();
        for (Lead lead = choice(true); lead != null; lead = choice(true)) {
            dialled.add(next());
        }
        assertThat(dialled).containsExactly(3L, 2L, 1L, 6L, 5L, 4L, 9L, 8L, 7L);
    }

    @Test
    void shouldChooseWhatComesBehindThoseAlreadyChosen() {
        add(0, 1, 4);
        add(1, 5, 6);
        assertThat(idOf(list.choose(0, DialListTest::id, true))).isEqualTo(4);
        assertThat(idOf(list.choose(1, DialListTest::id, true))).isEqualTo(3);
        assertThat(idOf(list.choose(4, DialListTest::id, true))).isEqualTo(6);
        assertThat(list.choose(6, DialListTest::id, true)).isNull();
        assertThat(rest()).containsExactly(4L, 3L, 1L, 2L, 6L, 5L);
    }

    /** Whoever is always the least likely comes at the end of patience all the same. */
    @Test
    void shouldDialNobodyMoreThanTwoHundredLeadsLate() {
        Random random = new Random(SEED);
        Map<Long, Double> chances = new HashMap<>();
        Map<Long, Long> listed = new HashMap<>();
        long added = 0;
        long latest = 0;
        for (long taken = 0; taken < 20_000; taken++) {
            while (list.ready() < 100 + random.nextInt(200)) {
                added++;
                listed.put(added, taken + list.ready());
                chances.put(added, added % 40 == 1 ? 0.0 : random.nextDouble());
                add(0, added, added);
            }
            list.choose(0, lead -> Objects.requireNonNull(chances.get(lead.id().value())), true);
            latest = Math.max(latest, taken - Objects.requireNonNull(listed.get(next())));
        }
        assertThat(latest).as("seed=%s", SEED).isLessThanOrEqualTo(PATIENCE).isGreaterThan(PATIENCE - 10);
    }

    @Test
    void shouldDialNextWhomItPutsBack() {
        add(0, 1, 60);
        list.choose(0, DialListTest::id, false);
        Lead back = Objects.requireNonNull(list.next(0));
        list.putBack(back);
        assertThat(idOf(list.choose(0, DialListTest::id, true)))
                .isEqualTo(back.id().value());
        assertThat(next()).isEqualTo(back.id().value());
        assertThat(idOf(list.choose(0, DialListTest::id, true))).isEqualTo(51);
    }

    /** The higher the id, the likelier. */
    private static double id(Lead lead) {
        return lead.id().value();
    }

    private @Nullable Lead choice(boolean highest) {
        return list.choose(0, DialListTest::id, highest);
    }

    private static long idOf(@Nullable Lead lead) {
        return Objects.requireNonNull(lead, "none is left").id().value();
    }

    private long next() {
        return idOf(list.next(0));
    }

    private List<Long> rest() {
        List<Long> ids = new ArrayList<>();
        while (list.ready() > 0) {
            ids.add(next());
        }
        return ids;
    }

    private void add(int place, long first, long last) {
        for (long id = first; id <= last; id++) {
            PhoneNumber number =
                    new PhoneNumber(13055550000L + id, "US", NumberKind.MOBILE, List.of(ZoneId.of("America/New_York")));
            list.add(new Lead(
                    new LeadId(id),
                    new CampaignId("spring"),
                    number,
                    0,
                    LeadTraits.NONE.at(place),
                    new AttemptHistory()));
        }
    }
}
