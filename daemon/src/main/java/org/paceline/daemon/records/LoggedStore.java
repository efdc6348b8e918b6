package org.paceline.daemon.records;

import java.util.ArrayList;
import java.util.List;
import org.paceline.daemon.donotcall.DoNotCallEntry;
import org.paceline.daemon.donotcall.DoNotCallLog;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.port.Store;

/**
 * Writes do-not-call entries to the {@link DoNotCallLog}, and then everything to the database.
 *
 * <p>Thread: {@code store} only.
 */
public final class LoggedStore implements Store {
    private final Store database;
    private final DoNotCallLog log;

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
        if (!optOuts.isEmpty()) {
            log.append(optOuts);
        }
        database.write(batch);
    }
}
