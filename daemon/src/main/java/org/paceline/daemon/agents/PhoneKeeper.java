package org.paceline.daemon.agents;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.periodic.PeriodicTask;
import org.paceline.daemon.periodic.PeriodicWorker;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.sip.registrar.KeptPhone;
import org.paceline.sip.registrar.Registrar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the phones that are registered in the database, so that they are reached after a restart without waiting until each
 * registers anew. What came within the last second before a kill is not kept.
 *
 * <p>Thread: its own, {@code phones}; the methods are for any thread.
 */
public final class PhoneKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PhoneKeeper.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** Two readings of two clocks differ by less. */
    private static final long SAME_MILLIS = 2_000;

    private final PhoneTable table;
    private final Registrar registrar;
    private final LongSupplier epochMillis;
    private final PeriodicWorker worker;
    private Map<Key, KeptPhone> written = Map.of();
    private long writtenChanges = -1;

    private record Key(String user, String contact, int regId) {
        static Key of(KeptPhone phone) {
            return new Key(phone.user(), phone.contact(), phone.regId());
        }
    }

    /** @param node whose phones are kept */
    public PhoneKeeper(
            Database database, String node, Registrar registrar, LongSupplier epochMillis, PeriodicWorkers workers) {
        this.table = new PhoneTable(database, node);
        this.registrar = registrar;
        this.epochMillis = epochMillis;
        this.worker = workers.worker(new PeriodicTask("phones", PERIOD, PeriodicTask.DATABASE_LIMIT, this::keep));
    }

    /**
     * Gives the registrar what was kept, before it is asked anything.
     *
     * @throws JdbiException where the database does not answer
     */
    public synchronized void load() {
        List<KeptPhone> kept = table.phones();
        written = byKey(kept);
        int taken = registrar.restore(kept, epochMillis.getAsLong());
        if (!kept.isEmpty()) {
            LOG.info("event=phones-restored phones={} lapsed={}", taken, kept.size() - taken);
        }
    }

    public void start() {
        worker.startAfterLoading();
    }

    private synchronized void keep() {
        long changes = registrar.changes();
        if (changes == writtenChanges) {
            return;
        }
        Map<Key, KeptPhone> now = byKey(registrar.kept(epochMillis.getAsLong()));
        List<KeptPhone> gone = new ArrayList<>();
        List<KeptPhone> come = new ArrayList<>();
        written.forEach((key, phone) -> {
            if (!now.containsKey(key)) {
                gone.add(phone);
            }
        });
        now.forEach((key, phone) -> {
            KeptPhone before = written.get(key);
            if (before == null || !before.isSame(phone, SAME_MILLIS)) {
                come.add(phone);
            }
        });
        if (!gone.isEmpty() || !come.isEmpty()) {
            table.change(gone, come);
        }
        written = now;
        writtenChanges = changes;
    }

    private static Map<Key, KeptPhone> byKey(List<KeptPhone> phones) {
        Map<Key, KeptPhone> all = new LinkedHashMap<>();
        phones.forEach(phone -> all.put(Key.of(phone), phone));
        return all;
    }

    /** Keeps what is registered now. */
    void keepNow() {
        worker.turn();
    }

    /** Keeps what is registered at the end; waits at most 5 s for a writing under way. */
    @Override
    public void close() {
        worker.close();
        try {
            keep();
        } catch (JdbiException e) {
            LOG.warn("event=phones-not-kept reason=\"{}\"", e.getMessage());
        }
    }
}
