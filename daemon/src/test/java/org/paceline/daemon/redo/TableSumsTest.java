package org.paceline.daemon.redo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableSumsTest {
    private final Rows rows = new Rows();

    @Test
    void shouldAgreeWithTheRowsWhenItFollowedEachChange() {
        TableSums followed = new TableSums(2);
        List<RowChange> changes = List.of(
                rows.put(0, Rows.lead(1, "+15550100", "a", false)), rows.put(1, Rows.callback(5L, "spring", 1)));
        for (RowChange change : changes) {
            followed.apply(change);
            rows.apply(change);
        }
        for (RowChange change : List.of(
                rows.put(0, Rows.lead(1, "+15550100", "b", true)),
                rows.remove(rows.keys().get(1)))) {
            followed.apply(change);
            rows.apply(change);
        }

        assertThat(followed).isEqualTo(rows.sums());
        assertThat(followed.count(0)).isEqualTo(1);
        assertThat(followed.count(1)).isZero();
    }

    @Test
    void shouldNotDependOnTheOrderWhenRowsAreAdded() {
        TableSums one = new TableSums(1);
        TableSums other = new TableSums(1);
        one.add(0, 5);
        one.add(0, -9);
        other.add(0, -9);
        other.add(0, 5);
        assertThat(one).isEqualTo(other);
    }

    @Test
    void shouldTellTheDifferenceWhenHashesAddUpToTheSame() {
        TableSums one = new TableSums(1);
        TableSums other = new TableSums(1);
        one.add(0, 10);
        one.add(0, 20);
        other.add(0, 11);
        other.add(0, 19);
        assertThat(one.difference(other, List.of(Rows.LEAD)))
                .isEqualTo("table lead has 2 rows, as it should, but not the same");
        other.add(0, 1);
        assertThat(one.difference(other, List.of(Rows.LEAD))).isEqualTo("table lead has 3 rows, should have 2");
        assertThat(one.difference(one.copy(), List.of(Rows.LEAD))).isEmpty();
    }
}
