package org.paceline.daemon.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.HealthCheck;
import org.paceline.daemon.api.RegisteredPhone;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseWatch;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.threads.ThreadSign;
import org.paceline.dialer.threads.ThreadWatch;

/** Checks the things that the daemon needs in order to dial. Thread: any; waits at most a second for the database. */
final class Health implements HealthCheck.Source {
    private static final long DATABASE_MILLIS = 1_000;
    private static final long SLOW_JOURNAL_MILLIS = 1_000;

    /** Stands for the phone of an agent who has one at a fixed address. */
    private static final RegisteredPhone ANY = new RegisteredPhone("", "", "", 0, false);

    private final Database database;
    private final DatabaseWatch watch;
    private final @Nullable CopyWatch copies;
    private final Supplier<Snapshot> snapshots;
    private final Supplier<Map<AgentId, List<RegisteredPhone>>> phones;
    private final ThreadWatch threads;
    private final boolean records;
    private final BooleanSupplier recordingDemanded;

    /**
     * @param copies null on a database server
     * @param phones the registered phones of the agents whose phones register
     * @param records whether there is a folder for recordings
     * @param recordingDemanded whether some campaign may not dial while recordings cannot be written
     */
    Health(
            Database database,
            DatabaseWatch watch,
            @Nullable CopyWatch copies,
            Supplier<Snapshot> snapshots,
            Supplier<Map<AgentId, List<RegisteredPhone>>> phones,
            ThreadWatch threads,
            boolean records,
            BooleanSupplier recordingDemanded) {
        this.database = database;
        this.watch = watch;
        this.copies = copies;
        this.snapshots = snapshots;
        this.phones = phones;
        this.threads = threads;
        this.records = records;
        this.recordingDemanded = recordingDemanded;
    }

    @Override
    public List<HealthCheck> checks() {
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(database());
        if (copies != null) {
            checks.add(copies.check());
        }
        checks.add(threadCheck());
        Snapshot snapshot = snapshots.get();
        if (snapshot.draining()) {
            checks.add(new HealthCheck("draining", false, true, "stopping: no new calls"));
        }
        checks.add(journal(snapshot.network()));
        checks.add(ports(snapshot));
        boolean anyTrunk = snapshot.trunks().stream().anyMatch(Snapshot.TrunkStatus::up);
        for (Snapshot.TrunkStatus trunk : snapshot.trunks()) {
            String reason = trunk.reason();
            checks.add(new HealthCheck(
                    "trunk:" + trunk.id(),
                    trunk.up(),
                    !anyTrunk,
                    trunk.up() ? "up" : reason == null ? "down" : reason));
        }
        Map<AgentId, List<RegisteredPhone>> registered = phones.get();
        if (!registered.isEmpty()) {
            checks.add(phones(snapshot, registered));
        }
        boolean demanded = recordingDemanded.getAsBoolean();
        String fault = snapshot.recorderFault();
        if (records || demanded) {
            checks.add(new HealthCheck("recorder", fault == null, demanded, fault == null ? "can write" : fault));
        }
        return checks;
    }

    @Override
    public List<ThreadSign> threads() {
        return threads.signs();
    }

    private HealthCheck threadCheck() {
        List<String> lost = threads.signs().stream()
                .filter(sign -> !sign.isAlive())
                .map(sign -> sign.thread()
                        + (sign.dead()
                                ? " died"
                                : " hangs for " + TimeUnit.MILLISECONDS.toSeconds(sign.ageMillis()) + " s"))
                .toList();
        return new HealthCheck("threads", lost.isEmpty(), true, lost.isEmpty() ? "all run" : String.join(", ", lost));
    }

    private static HealthCheck journal(Snapshot.Network network) {
        return new HealthCheck(
                "journal",
                network.journalMillis() <= SLOW_JOURNAL_MILLIS,
                network.journalRoom() == 0,
                "stores in " + network.journalMillis() + " ms, " + network.unjournaled() + " attempts wait, room for "
                        + network.journalRoom());
    }

    private static HealthCheck ports(Snapshot snapshot) {
        Snapshot.Network network = snapshot.network();
        String held = network.rtpPortsHeld() == 0 ? "" : ", other programs hold " + network.rtpPortsHeld();
        return new HealthCheck(
                "rtp-ports",
                network.rtpPortsFree() > 0,
                snapshot.liveCalls() == 0, // otherwise calls have the ports, and give them back
                network.rtpPorts() == Integer.MAX_VALUE
                        ? "any port"
                        : network.rtpPortsFree() + " of " + network.rtpPorts() + " free" + held);
    }

    /** Looks for agents who are signed in and have no phone. */
    private static HealthCheck phones(Snapshot snapshot, Map<AgentId, List<RegisteredPhone>> registered) {
        List<String> without = snapshot.agents().stream()
                .filter(agent -> agent.state() != AgentState.SIGNED_OUT)
                .map(Snapshot.AgentStatus::id)
                .filter(agent -> registered.getOrDefault(agent, List.of(ANY)).isEmpty())
                .map(AgentId::value)
                .toList();
        long phones = registered.values().stream().mapToLong(List::size).sum();
        return new HealthCheck(
                "phones",
                without.isEmpty(),
                false,
                phones + " registered"
                        + (without.isEmpty() ? "" : "; signed in without one: " + String.join(", ", without)));
    }

    private HealthCheck database() {
        String fault = watch.fault();
        if (fault != null) {
            return new HealthCheck("database", false, true, fault);
        }
        CompletableFuture<Void> asked = CompletableFuture.runAsync(database::ask, Thread::startVirtualThread);
        try {
            asked.get(DATABASE_MILLIS, TimeUnit.MILLISECONDS);
            return new HealthCheck("database", true, true, "answers");
        } catch (TimeoutException _) {
            return new HealthCheck("database", false, true, "no answer within " + DATABASE_MILLIS + " ms");
        } catch (ExecutionException e) {
            return new HealthCheck("database", false, true, firstLine(e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new HealthCheck("database", false, true, "not asked: the daemon is stopping");
        }
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("failed");
    }
}
