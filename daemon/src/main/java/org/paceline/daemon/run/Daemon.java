package org.paceline.daemon.run;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.agents.PhoneKeeper;
import org.paceline.daemon.agents.QualificationWatch;
import org.paceline.daemon.agents.SqlAgentDesk;
import org.paceline.daemon.api.ApiServer;
import org.paceline.daemon.api.ApiStartException;
import org.paceline.daemon.api.RegisteredPhone;
import org.paceline.daemon.api.Services;
import org.paceline.daemon.attempts.AttemptTable;
import org.paceline.daemon.callbacks.CallbackDesk;
import org.paceline.daemon.callbacks.CallbackWatch;
import org.paceline.daemon.calls.CallArchive;
import org.paceline.daemon.calls.RecordingTable;
import org.paceline.daemon.calls.WorkBook;
import org.paceline.daemon.campaigns.ScriptTable;
import org.paceline.daemon.complaints.ComplaintDesk;
import org.paceline.daemon.complaints.ComplaintWatch;
import org.paceline.daemon.config.CampaignConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.config.watch.ConfigWatch;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.database.DatabaseWatch;
import org.paceline.daemon.donotcall.CurrentLists;
import org.paceline.daemon.donotcall.DoNotCallWatch;
import org.paceline.daemon.donotcall.SqlDoNotCallDesk;
import org.paceline.daemon.donotcall.StoredNumbers;
import org.paceline.daemon.gate.Copies;
import org.paceline.daemon.leads.HeldLeads;
import org.paceline.daemon.leads.SqlLeadSource;
import org.paceline.daemon.leads.SqlRefusalDesk;
import org.paceline.daemon.ledger.LedgerWatch;
import org.paceline.daemon.metrics.Metrics;
import org.paceline.daemon.pauses.CampaignPauses;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.daemon.recovery.NodeLease;
import org.paceline.daemon.requests.KeyedRequests;
import org.paceline.dialer.engine.EngineSettings;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.pipeline.Pipeline;
import org.paceline.dialer.pipeline.PipelineSettings;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.dialer.time.Moment;
import org.paceline.rules.NumberPlan;
import org.paceline.sip.SipTelephony;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running dialer. Parts start in order: database and recovery, pipeline, SIP, API; they stop in the opposite one.
 *
 * <p>Thread: any; {@link #start}, {@link #drain} and {@link #close} wait.
 */
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    private static final long DRAIN_GRACE_MILLIS = 2_000;

    /** Connections of the journal, the store, the leads, the lease and the probe. */
    private static final int DIALING_CONNECTIONS = 5;

    /** How long closing may take after a start that failed because the database does not come back. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    private final DaemonConfig config;
    private final CampaignTable campaigns;
    private final ClosingOrder closing = new ClosingOrder();
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final ThreadWatch threads;
    private final PeriodicWorkers periodic;
    private final Database database;
    private final Database dialing;
    private final StartRecovery.Result recovered;
    private final CurrentLists lists = new CurrentLists();
    private final Pipeline pipeline;
    private final DatabaseWatch databaseWatch;
    private final SqlLeadSource leads;
    private final SipTelephony telephony;
    private final ConfigWatch watch;
    private final CampaignPauses pauses;
    private final ApiServer api;

    /**
     * Starts everything.
     *
     * @throws StartException with one line; the parts that were started are stopped again
     */
    public static Daemon start(Configuration configuration) throws StartException {
        return start(configuration, System::nanoTime);
    }

    /**
     * @param beats monotonic time of the threads' signs of life, which each thread asks for itself; a test can end a
     * thread with it
     */
    static Daemon start(Configuration configuration, LongSupplier beats) throws StartException {
        long startNanos = System.nanoTime();
        Daemon daemon = new Daemon(configuration, beats);
        LOG.info(
                "event=ready node={} api={} sip={}:{} trunks={} campaigns={} agents={} start-millis={}",
                daemon.config.node().name(),
                daemon.api.url(),
                daemon.config.sip().host(),
                daemon.telephony.port(),
                daemon.config.trunks().size(),
                configuration.campaigns().size(),
                daemon.config.agents().size(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
        return daemon;
    }

    private Daemon(Configuration configuration, LongSupplier beats) throws StartException {
        this.threads = new ThreadWatch(beats, this::died);
        this.periodic = new PeriodicWorkers(threads);
        this.config = configuration.daemon();
        configuration.cautions().forEach(caution -> LOG.warn("event=config-caution reason=\"{}\"", caution));
        this.campaigns = new CampaignTable(configuration.campaigns());
        try {
            NumberPlan numbers = new NumberPlan();
            database = closing.add("database", Database.open(Settings.database(config)));
            dialing = closing.add("database-of-dialing", database.ofItsOwn("dialing", DIALING_CONNECTIONS));
            recovered = new StartRecovery(dialing, config, closing, threads).run(campaigns, failure::complete);
            StoredNumbers.bringUpToDate(database, numbers);
            CopyWatch copyWatch = watchCopies();
            NodeLease lease = recovered.lease();
            pipeline = new Pipeline(
                    EngineSettings.withDefaults(
                            lease.firstCallId().value(), config.node().zone()),
                    PipelineSettings.withDefaults(() -> new Moment(System.nanoTime(), System.currentTimeMillis())),
                    threads);
            databaseWatch = closing.add(
                    "database-watch",
                    new DatabaseWatch(
                            dialing::probe, fault -> pipeline.publish(new Event.DatabaseChanged(fault)), threads));
            telephony = new SipTelephony(Settings.sip(config), CallLog.over(pipeline), threads);
            leads = startPipeline(lease, numbers);
            loadDoNotCall();
            QualificationWatch qualifications = loadQualifications();
            pauses = closing.add("pauses", new CampaignPauses(database, pipeline, System::currentTimeMillis, periodic));
            pauses.load();
            pauses.start();
            configureEngine(configuration);
            LedgerWatch ledger = closing.add(
                    "ledger",
                    new LedgerWatch(
                            database,
                            new LedgerWatch.Node(
                                    config.node().name(),
                                    lease.run(),
                                    config.node().zone()),
                            campaigns::settings,
                            pipeline,
                            System::currentTimeMillis,
                            periodic));
            ledger.start();
            ComplaintWatch complaints =
                    closing.add("complaints", new ComplaintWatch(database, System::currentTimeMillis, periodic));
            complaints.start();
            CallbackWatch callbacks = closing.add(
                    "callbacks",
                    new CallbackWatch(database, campaigns::onTimeMillis, System::currentTimeMillis, periodic));
            callbacks.start();
            closing.add("pacing-log", new PacingLog(pipeline::snapshot, periodic))
                    .start();
            PhoneKeeper phones = closing.add(
                    "phones",
                    new PhoneKeeper(
                            database,
                            config.node().name(),
                            telephony.registrar(),
                            System::currentTimeMillis,
                            periodic));
            phones.load();
            closing.add("sip", telephony);
            telephony.start();
            phones.start();
            watch = closing.add(
                    "config-watch",
                    new ConfigWatch(
                            configuration,
                            System::getenv,
                            new NodeChanges(pipeline, telephony)::apply,
                            campaigns.tellingOf(pipeline, this::keepScript, leads::judgeAgain),
                            threads));
            watch.start();
            AdapterFigures adapters = new AdapterFigures(telephony, complaints);
            Metrics metrics = closing.add(
                    "metrics",
                    new Metrics(
                            pipeline::snapshot,
                            watch::files,
                            callbacks::figures,
                            periodic::figures,
                            () -> copyWatch == null ? null : copyWatch.figures(),
                            new Metrics.TrunkSources(
                                    telephony::trunkAddresses, telephony::registrations, telephony::trunkTraffic),
                            adapters::certificateDays,
                            adapters::read));
            api = closing.add(
                    "api",
                    ApiServer.start(
                            watch::node,
                            new PipelineEngine(pipeline, campaigns, telephony),
                            desks(numbers, qualifications, callbacks),
                            watch::files,
                            metrics::scrape,
                            new Health(
                                    database,
                                    databaseWatch,
                                    copyWatch,
                                    pipeline::snapshot,
                                    this::phones,
                                    threads,
                                    config.media().recordings() != null,
                                    campaigns::anyDemandsRecording)));
        } catch (DatabaseException | ApiStartException | IOException | SQLException | JdbiException e) {
            closing.close();
            throw new StartException(firstLine(e), e);
        } catch (StartException e) {
            closeWithin(CLOSE_LIMIT);
            throw e;
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private @Nullable CopyWatch watchCopies() {
        Copies copies = database.copies();
        if (copies == null) {
            return null;
        }
        CopyWatch watched = closing.add(
                "database-copies",
                new CopyWatch(
                        CopyWatch.Storage.of(copies, database::askRebuild),
                        config.database().copyEvery(),
                        failure::complete,
                        System::nanoTime,
                        periodic));
        watched.start();
        return watched;
    }

    /** Closes what closes in time, and leaves the rest to itself. */
    private void closeWithin(Duration limit) {
        Thread closer = threads.thread("closer", limit.toMillis(), _ -> closing.close());
        closer.start();
        try {
            if (!closer.join(limit)) {
                LOG.warn("event=close-timed-out seconds={}", limit.toSeconds());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Services desks(NumberPlan numbers, QualificationWatch qualifications, CallbackWatch watched) {
        return new Services(
                new SqlAgentDesk(
                        database,
                        qualifications,
                        agent -> attempts().agentDaySince(agent, midnight()),
                        System::currentTimeMillis),
                new SqlRefusalDesk(database, numbers),
                new SqlDoNotCallDesk(database, numbers, recovered.optOuts(), pipeline, System::currentTimeMillis),
                new ComplaintDesk(new ComplaintDesk.Parts(
                        database,
                        numbers,
                        config.complaints(),
                        recovered.optOuts(),
                        pipeline,
                        System::currentTimeMillis)),
                new CallbackDesk(database, numbers, pipeline, System::currentTimeMillis),
                watched::figures,
                new CallArchive(database),
                new WorkBook(
                        database,
                        config.node().zone(),
                        System::currentTimeMillis,
                        config.dailyTarget(),
                        campaign -> campaigns.dailyTarget(campaign, config.dailyTarget())),
                pauses,
                new KeyedRequests(database, System::currentTimeMillis),
                this::phones,
                new TelephonyTrace(telephony));
    }

    private Map<AgentId, List<RegisteredPhone>> phones() {
        return telephony.registrar().statuses().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        agent -> agent.getValue().stream()
                                .map(phone -> new RegisteredPhone(
                                        phone.from(),
                                        phone.contact(),
                                        phone.userAgent(),
                                        phone.secondsLeft(),
                                        phone.translated()))
                                .toList()));
    }

    private long midnight() {
        ZoneId zone = config.node().zone();
        return LocalDate.now(zone).atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private SqlLeadSource startPipeline(NodeLease lease, NumberPlan numbers) {
        String node = config.node().name();
        HeldLeads held = new HeldLeads();
        SqlLeadSource source = new SqlLeadSource(new SqlLeadSource.Parts(
                dialing,
                node,
                held,
                numbers,
                campaigns::historyMillis,
                campaigns::listOrder,
                pipeline,
                System::currentTimeMillis,
                databaseWatch,
                lease.fence(),
                threads));
        Writers writers = new Writers(dialing, config, recovered);
        closing.add("pipeline", pipeline);
        pipeline.start(
                CallLog.over(telephony),
                new WatchedJournal(writers.journal(lists), databaseWatch),
                CallLog.over(new WatchedStore(writers.store(held), databaseWatch)),
                source);
        closing.add("leads", source);
        source.start();
        databaseWatch.start();
        return source;
    }

    /** Loads the do-not-call list before any campaign is known, so that no dial can come first. */
    private void loadDoNotCall() throws SQLException {
        DoNotCallWatch doNotCallWatch =
                closing.add("do-not-call", new DoNotCallWatch(database, lists, pipeline, periodic));
        doNotCallWatch.load();
        doNotCallWatch.start();
    }

    private QualificationWatch loadQualifications() {
        QualificationWatch qualifications =
                closing.add("qualifications", new QualificationWatch(database, pipeline, periodic));
        qualifications.load();
        qualifications.start();
        return qualifications;
    }

    private void configureEngine(Configuration configuration) {
        pipeline.publish(new Event.FloorConfigured(Settings.floor(config)));
        config.trunks().forEach(trunk -> pipeline.publish(new Event.TrunkConfigured(Settings.trunk(trunk))));
        for (CampaignConfig campaign : configuration.campaigns()) {
            pipeline.publish(new Event.CampaignConfigured(campaign.settings()));
            keepScript(campaign);
            leads.judgeAgain(campaign.id()); // the campaign's files may have changed while nobody watched them
        }
    }

    private void keepScript(CampaignConfig campaign) {
        ScriptFile script = campaign.script();
        if (script != null) {
            new ScriptTable(database).keep(campaign.id(), script, System.currentTimeMillis());
        }
    }

    static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString());
    }

    /** {@code http://127.0.0.1:8080}. */
    public String apiUrl() {
        return api.url();
    }

    /** Returns the newest snapshot. */
    public Snapshot snapshot() {
        return pipeline.snapshot();
    }

    /** Returns the attempts in the database, of all runs and nodes. */
    public AttemptTable attempts() {
        return new AttemptTable(database);
    }

    /** Counts the recordings in the database. */
    public long recordings() {
        return RecordingTable.count(database);
    }

    /** Reads all campaign files again. */
    public void reload() {
        watch.reload();
    }

    private void died(String thread, Throwable cause) {
        failure.complete("thread " + thread + " died: " + cause + "; the log has the trace");
    }

    /** Returns every thread of the daemon, and any others watched in its process. */
    public ThreadWatch threads() {
        return threads;
    }

    /** Completes with one line when the daemon cannot go on; its owner then stops it. */
    public CompletableFuture<String> failure() {
        return failure;
    }

    /**
     * Places no more calls and waits for the live ones.
     *
     * @param hurry completes to end the waiting
     */
    public void drain(CompletableFuture<?> hurry) {
        long limit = config.node().drainLimit().toMillis();
        LOG.info("event=draining live-calls={} limit-millis={}", snapshot().liveCalls(), limit);
        CompletableFuture<?> drained = CompletableFuture.anyOf(pipeline.drain(limit), hurry, failure);
        try {
            drained.get(limit + DRAIN_GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("event=drain-cut-short live-calls={}", snapshot().liveCalls());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops everything; every wait in it is bounded. Doing it again does nothing. */
    @Override
    public void close() {
        closing.close();
        LOG.info("event=stopped node={}", config.node().name());
    }
}
