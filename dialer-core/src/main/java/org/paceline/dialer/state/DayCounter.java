package org.paceline.dialer.state;

/**
 * A counter for one local day, given as days since 1970-01-01; on any day other than the one counted last it is 0.
 *
 * <p>Thread: engine only.
 */
final class DayCounter {
    /**
     * More than any day has. It stands for a cap that another node has filled, so that only tomorrow has room again.
     */
    private static final int REST_OF_THE_DAY = 1_000_000_000;

    private static final int MOST = Integer.MAX_VALUE / 2;

    private long day;
    private int count;

    int on(long asked) {
        return asked == day ? count : 0;
    }

    void add(long to, int more) {
        count = (int) Math.min(MOST, (long) on(to) + more);
        day = to;
    }

    /** Takes one back, where the day is still the one counted last and has any. */
    void takeBack(long from) {
        if (from == day && count > 0) {
            count--;
        }
    }

    void fill(long full) {
        add(full, REST_OF_THE_DAY);
    }
}
