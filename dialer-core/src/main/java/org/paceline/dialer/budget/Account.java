package org.paceline.dialer.budget;

import java.util.HashMap;
import java.util.Map;

/**
 * One budget holder's money by month: what this run reserved and spent, and what the database says of earlier runs and other
 * nodes.
 *
 * <p>Thread: engine only.
 */
public final class Account {
    private final Map<Integer, Month> months = new HashMap<>();

    private static final class Month {
        private long spent;
        private long reserved;
        private long spentElsewhere;
        private long reservedElsewhere;
    }

    public void reserve(Reservation reservation) {
        month(reservation.month()).reserved += reservation.micros();
    }

    /** Releases the money reserved for an attempt that was not made. */
    public void release(Reservation reservation) {
        month(reservation.month()).reserved -= reservation.micros();
    }

    public void settle(CallCost cost) {
        Month month = month(cost.month());
        month.reserved -= cost.reservedMicros();
        month.spent += cost.micros();
    }

    /** Takes what earlier runs and other nodes spent in a month; it replaces what was told of that month before. */
    public void elsewhere(Spent spent) {
        Month month = month(spent.month());
        month.spentElsewhere = spent.spentMicros();
        month.reservedElsewhere = spent.reservedMicros();
    }

    public long spentMicros(int month) {
        Month of = month(month);
        return of.spent + of.spentElsewhere;
    }

    public long reservedMicros(int month) {
        Month of = month(month);
        return of.reserved + of.reservedElsewhere;
    }

    private Month month(int month) {
        return months.computeIfAbsent(month, _ -> new Month());
    }
}
