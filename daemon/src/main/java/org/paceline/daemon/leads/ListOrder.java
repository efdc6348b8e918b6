package org.paceline.daemon.leads;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a campaign's leads are handed out: by priority; within a priority, follow-ups before new leads;
 * within a kind, by grade; within a grade, as they fall due. With a mix, each kind gets its share.
 *
 * @param grades the grades, best first; leads of other grades come after them, in the order of their names, and leads
 * without a grade last
 * @param followUpShare share of follow-ups among the leads handed out, as long as both kinds are due, from 0 to 1; null
 * for no mix
 */
public record ListOrder(List<String> grades, @Nullable Double followUpShare) {
    /** The order without grades or a mix. */
    public static final ListOrder PLAIN = new ListOrder(List.of(), null);

    public ListOrder {
        grades = List.copyOf(grades);
    }

    /** @param found the grades in the list, an empty text for none */
    List<String> inOrder(Collection<String> found) {
        List<String> ordered = new ArrayList<>(found);
        ordered.sort(Comparator.comparingInt(this::rank).thenComparing(Comparator.naturalOrder()));
        return ordered;
    }

    private int rank(String grade) {
        if (grade.isEmpty()) {
            return Integer.MAX_VALUE;
        }
        int named = grades.indexOf(grade);
        return named < 0 ? grades.size() : named;
    }

    /** Mixes the two lists, so that any part of the result has about the share of each. */
    static <T> List<T> mixed(List<T> some, List<T> others) {
        List<T> all = new ArrayList<>(some.size() + others.size());
        int total = some.size() + others.size();
        int taken = 0;
        for (int place = 0; place < total; place++) {
            boolean isSomesTurn = (long) (place + 1) * some.size() > (long) taken * total + (total - 1) / 2;
            if (taken < some.size() && (isSomesTurn || place - taken >= others.size())) {
                all.add(some.get(taken++));
            } else {
                all.add(others.get(place - taken));
            }
        }
        return all;
    }
}
