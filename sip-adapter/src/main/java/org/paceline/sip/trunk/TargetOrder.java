package org.paceline.sip.trunk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The order in which a trunk's hosts, and the targets of each, are tried (RFC 2782): by priority, and among equals by
 * chance, in proportion to the weights; those without a weight keep their order, behind those that have one.
 *
 * <p>Thread: within the trunk's lock.
 */
final class TargetOrder {

    private final RandomGenerator random;

    TargetOrder(RandomGenerator random) {
        this.random = random;
    }

    <T extends Ranked> List<T> of(Collection<T> all) {
        List<T> left = new ArrayList<>(all);
        left.sort(Comparator.comparingInt(Ranked::priority));
        List<T> ordered = new ArrayList<>(left.size());
        while (!left.isEmpty()) {
            ordered.add(left.remove(next(left)));
        }
        return ordered;
    }

    /** The index of the next one, among those at the front that have the same priority. */
    private int next(List<? extends Ranked> left) {
        int priority = left.getFirst().priority();
        int sum = 0;
        int equals = 0;
        while (equals < left.size() && left.get(equals).priority() == priority) {
            sum += left.get(equals++).weight();
        }
        if (sum == 0 || equals == 1) {
            return 0;
        }
        int drawn = random.nextInt(sum);
        int index = 0;
        while (drawn >= left.get(index).weight()) {
            drawn -= left.get(index++).weight();
        }
        return index;
    }
}
