package org.paceline.daemon.store;

import java.util.ArrayList;
import java.util.List;
import org.paceline.daemon.donotcall.DoNotCallEntry;
import org.paceline.daemon.donotcall.DoNotCallLog;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.port.Store;

/**
 * Writes do-not-call entries to the {@link DoNotCallLog}, and then everything to the database. A batch that the
 * database did not take is tried again, maybe for hours; the log, which is short, has its entries only once.
 *
 * <p>Thread: {@code store} only.
 */
public final class LoggedStore implements Store {
    private final Store database;
    private final DoNotCallLog log;

    /** The logged entries of the batch that is tried again. */
    private List<DoNotCallEntry> logged = List.of();

    public LoggedStore(Store database, DoNotCallLog log) {
        this.database = database;
        this.log = log;
    }

    @Override
    public void write(List<Effect.Entry> batch) throws Exception {
        List<DoNotCallEntry> optOuts = new ArrayList<>();
        for (Effect.Entry entry : batch) {
            if (entry instanceof Effect.OptedOut out) {
                optOuts.add(new DoNotCallEntry(out.e164(), out.entry(), out.atEpochMillis()));
            }
        }
        if (!optOuts.equals(logged)) {
            log.append(optOuts);
            logged = optOuts;
        }
        database.write(batch);
        logged = List.of();
    }
}
