package org.paceline.daemon.attempts;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.budget.BudgetTable;
import org.paceline.daemon.budget.HolderMonth;
import org.paceline.dialer.budget.Reservation;
import org.paceline.dialer.budget.Spent;
import org.paceline.dialer.call.Attempt;

/**
 * The money spent and reserved of the budgets that pay for a batch, while they are locked, and the money that the batch
 * adds.
 */
final class BudgetHolders {
    private final long run;
    private final Map<HolderMonth, Spent> elsewhere = new HashMap<>();
    private final Map<HolderMonth, Long> takenMicros = new HashMap<>();
    private final SortedMap<HolderMonth, Long> addedMicros = new TreeMap<>();

    private BudgetHolders(long run) {
        this.run = run;
    }

    /** @param run the run of this process, which knows best what it took itself */
    static BudgetHolders read(Handle handle, List<Attempt> batch, long run) throws SQLException {
        BudgetHolders holders = new BudgetHolders(run);
        TreeSet<HolderMonth> keys = new TreeSet<>();
        for (Attempt attempt : batch) {
            if (attempt.reservation() != null) {
                keys.add(key(attempt.reservation()));
            }
        }
        BudgetTable.lock(handle, keys);
        for (HolderMonth key : keys) {
            Spent own = BudgetTable.of(handle, key, run);
            Spent others = BudgetTable.elsewhere(handle, key, run);
            holders.elsewhere.put(key, others);
            holders.takenMicros.put(
                    key, own.spentMicros() + own.reservedMicros() + others.spentMicros() + others.reservedMicros());
        }
        return holders;
    }

    private static HolderMonth key(Reservation reservation) {
        return new HolderMonth(reservation.holder(), reservation.month());
    }

    /** @return what others took of the budget where it cannot pay for the attempt, else null */
    @Nullable
    Spent against(Attempt attempt) {
        Reservation reservation = attempt.reservation();
        if (reservation == null) {
            return null;
        }
        HolderMonth key = key(reservation);
        long taken = takenMicros.getOrDefault(key, 0L);
        return reservation.micros() <= reservation.limitMicros() - taken ? null : elsewhere.get(key);
    }

    void add(Attempt attempt) {
        Reservation reservation = attempt.reservation();
        if (reservation != null) {
            takenMicros.merge(key(reservation), reservation.micros(), Long::sum);
            addedMicros.merge(key(reservation), reservation.micros(), Long::sum);
        }
    }

    void write(Handle handle) throws SQLException {
        BudgetTable.reserve(handle, addedMicros, run);
    }
}
