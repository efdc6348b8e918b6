package org.paceline.daemon.budget;

/**
 * A budget holder's money of one month.
 *
 * @param month 202611 for November 2026
 */
public record HolderMonth(String holder, int month) implements Comparable<HolderMonth> {

    @Override
    public int compareTo(HolderMonth other) {
        int byHolder = holder.compareTo(other.holder);
        return byHolder == 0 ? Integer.compare(month, other.month) : byHolder;
    }
}
