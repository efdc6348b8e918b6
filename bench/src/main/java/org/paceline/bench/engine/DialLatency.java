package org.paceline.bench.engine;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.engine.EngineBenchSettings.JournalKind;
import org.paceline.bench.floor.BenchFloor;
import org.paceline.bench.measure.BenchException;
import org.paceline.bench.measure.LatencyTrack;
import org.paceline.bench.measure.Pace;
import org.paceline.bench.measure.Progress;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.engine.EngineSettings;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pipeline.Pipeline;
import org.paceline.dialer.pipeline.PipelineSettings;
import org.paceline.dialer.port.AttemptJournal;
import org.paceline.dialer.port.LeadSource;
import org.paceline.dialer.port.Store;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.dialer.time.Moment;

/**
 * Free agent → dial through the production pipeline in progressive mode: agents' wrap-ups end at planned times, and the
 * latency is from that time to the entry of {@code Telephony.dial} for the call that was placed for that agent.
 *
 * <p>Thread: {@link #run} one at a time.
 */
final class DialLatency {
    private static final CampaignId CAMPAIGN = new CampaignId("bench");
    private static final long NEVER_MILLIS = 86_400_000;

    /** How soon an agent comes free again; the round through the quick carrier takes a quarter of a second. */
    private static final double ROUND_SECONDS = 2;

    /** How many leads the engine asks for at once, twice. */
    private static final int LEADS_IN_HAND = 4_000;

    private static final long SIGN_IN_SECONDS = 60;
    private static final long LAST_DIAL_SECONDS = 5;

    private final EngineBenchSettings settings;
    private final BenchFloor floor = new BenchFloor();
    private final LatencyTrack latency = new LatencyTrack();
    private final Map<AgentId, Integer> indexes = new HashMap<>();
    private final AtomicLongArray freeAtNanos;
    private final ArrayDeque<Lead> leads = new ArrayDeque<>();
    private final long startNanos = System.nanoTime();
    private volatile long measuredFromNanos = Long.MAX_VALUE;
    private volatile long expected;
    private final AtomicLong dialled = new AtomicLong();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    /**
     * The measured values.
     *
     * @param missing agents who came free and for whom nothing was dialled
     * @param meanBatch attempts in a transaction, in the mean
     */
    record Result(LatencyTrack latency, long missing, double meanBatch) {}

    DialLatency(EngineBenchSettings settings) {
        this.settings = settings;
        this.freeAtNanos = new AtomicLongArray(settings.agents());
        for (int i = 0; i < settings.agents(); i++) {
            indexes.put(BenchFloor.agent(i), i);
        }
    }

    Result run(PrintWriter out) throws IOException, SQLException, BenchException, InterruptedException {
        double dials = settings.dialsPerSecond() * (settings.seconds() + settings.warmUpSeconds());
        List<Lead> list = floor.leads(CAMPAIGN, (int) dials + LEADS_IN_HAND);
        leads.addAll(list);
        if (settings.journal() == JournalKind.NONE) {
            return run(out, new NoJournal(), batch -> {});
        }
        out.println("dial: making an H2 database of " + list.size() + " leads");
        out.flush();
        try (BenchDatabase database = BenchDatabase.open()) {
            database.add(list, BenchFloor.NOON_EPOCH_MILLIS);
            return run(out, database.journal(), database.store());
        }
    }

    private static final class NoJournal implements AttemptJournal {
        @Override
        public List<@Nullable CapReached> append(List<Attempt> batch) {
            List<@Nullable CapReached> answers = new ArrayList<>(batch.size());
            batch.forEach(attempt -> answers.add(null));
            return answers;
        }

        @Override
        public void takeBack(List<Effect.TakeBack> batch) {}
    }

    private Result run(PrintWriter out, AttemptJournal journal, Store store)
            throws BenchException, InterruptedException {
        WatchedJournal watched = new WatchedJournal(journal);
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("bench-carrier").factory())) {
            try (Pipeline pipeline = new Pipeline(
                    EngineSettings.withDefaults(1L << CallId.RUN_SHIFT, BenchFloor.ZONE),
                    PipelineSettings.withDefaults(this::now),
                    new ThreadWatch(System::nanoTime, (_, cause) -> failure.complete(cause)))) {
                QuickCarrier carrier =
                        new QuickCarrier(pipeline, clock, (call, at) -> dialled(watched.takeAgent(call), at));
                pipeline.start(carrier, watched, store, new LeadSource() {
                    @Override
                    public void request(CampaignId campaign, int count) {
                        clock.execute(() -> pipeline.publish(take(count)));
                    }

                    @Override
                    public void requestCallbacks(CampaignId campaign, Set<AgentId> agents, long graceMillis) {}
                });
                open(pipeline);
                try (Progress _ = Progress.start(out, this::line)) {
                    drive(pipeline);
                }
                awaitLastDials();
            } finally {
                clock.shutdownNow(); // only now, because the carrier has work until the engine ends
            }
        }
        return new Result(latency, expected - dialled.get(), watched.meanBatch());
    }

    private Moment now() {
        long nanos = System.nanoTime();
        return new Moment(nanos, BenchFloor.NOON_EPOCH_MILLIS + (nanos - startNanos) / 1_000_000);
    }

    /** Thread: {@code bench-carrier}. */
    private Event.LeadsArrived take(int count) {
        List<Lead> batch = new ArrayList<>();
        while (batch.size() < count && !leads.isEmpty()) {
            batch.add(leads.removeFirst());
        }
        return new Event.LeadsArrived(CAMPAIGN, batch, Long.MAX_VALUE);
    }

    private void open(Pipeline pipeline) throws BenchException, InterruptedException {
        pipeline.publish(new Event.TrunkConfigured(floor.trunk()));
        pipeline.publish(new Event.TrunkChanged(BenchFloor.TRUNK, true, 0, "answers"));
        pipeline.publish(new Event.CampaignConfigured(floor.campaign(CAMPAIGN, DialMode.PROGRESSIVE, 1, NEVER_MILLIS)));
        for (AgentId agent : indexes.keySet()) {
            AgentAddress phone = new AgentAddress("sip:" + agent + "@127.0.0.1");
            pipeline.publish(new Event.AgentCommanded(0, agent, new AgentCommand.SignIn(phone, Set.of(CAMPAIGN), 0)));
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SIGN_IN_SECONDS);
        while (!allPaused(pipeline)) {
            if (System.nanoTime() - deadline > 0 || failure.isDone()) {
                throw new BenchException(settings.agents() + " agents were not signed in after " + SIGN_IN_SECONDS
                        + " s: lower --agents");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean allPaused(Pipeline pipeline) {
        var agents = pipeline.snapshot().agents();
        return agents.size() == settings.agents()
                && agents.stream().allMatch(agent -> agent.state() == AgentState.PAUSED);
    }

    /** Ends wrap-ups at their planned times. */
    private void drive(Pipeline pipeline) throws InterruptedException, BenchException {
        int rotating = Math.clamp((long) (settings.dialsPerSecond() * ROUND_SECONDS), 1, settings.agents());
        Pace pace = new Pace(System.nanoTime() + 10_000_000, settings.dialsPerSecond());
        long warmUp = (long) (settings.warmUpSeconds() * settings.dialsPerSecond());
        long end = warmUp + (long) (settings.seconds() * settings.dialsPerSecond());
        measuredFromNanos = pace.plannedNanos(warmUp);
        for (long i = 0; i < end; i++) {
            int agent = (int) (i % rotating);
            long planned = pace.plannedNanos(i);
            Pace.waitUntil(planned);
            if (failure.isDone()) {
                throw new BenchException("the pipeline stopped", failure.join());
            }
            freeAtNanos.set(agent, planned);
            if (i >= warmUp) {
                expected = i - warmUp + 1;
            }
            pipeline.publish(new Event.AgentCommanded(0, BenchFloor.agent(agent), new AgentCommand.Ready()));
        }
    }

    /** Thread: {@code dialer-journal}. */
    private void dialled(@Nullable AgentId agent, long atNanos) {
        Integer index = agent == null ? null : indexes.get(agent);
        long freeAt = index == null ? 0 : freeAtNanos.getAndSet(index, 0);
        if (freeAt != 0 && freeAt - measuredFromNanos >= 0) {
            latency.record(atNanos - freeAt);
            dialled.incrementAndGet();
        }
    }

    private void awaitLastDials() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_DIAL_SECONDS);
        while (dialled.get() < expected && !failure.isDone() && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private String line(long second) {
        if (System.nanoTime() - measuredFromNanos < 0) {
            return "dial: second " + second + ": warming up";
        }
        Histogram last = latency.endSecond();
        return String.format(
                Locale.ROOT,
                "dial: second %d: %,d dials, p50 %.2f ms, p99 %.2f ms, max %.1f ms",
                second,
                last.getTotalCount(),
                last.getValueAtPercentile(50) / 1e6,
                last.getValueAtPercentile(99) / 1e6,
                last.getMaxValue() / 1e6);
    }
}
