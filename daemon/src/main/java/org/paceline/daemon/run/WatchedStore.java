package org.paceline.daemon.run;

import java.util.List;
import org.paceline.daemon.database.DatabaseWatch;
import org.paceline.daemon.database.DatabaseWatch.Work;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.port.Store;

/** Tells the watch whether writing works. Thread: {@code store} only. */
record WatchedStore(Store store, DatabaseWatch watch) implements Store {

    @Override
    public void write(List<Effect.Entry> batch) throws Exception {
        watch.begin(Work.STORE);
        try {
            store.write(batch);
            watch.succeeded(Work.STORE);
        } catch (Exception e) {
            watch.failed(Work.STORE, e);
            throw e;
        }
    }
}
