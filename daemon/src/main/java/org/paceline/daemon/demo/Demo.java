package org.paceline.daemon.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.csv.CsvException;
import org.paceline.daemon.csv.ImportProgress;
import org.paceline.daemon.csv.ImportReport;
import org.paceline.daemon.csv.ListFormat;
import org.paceline.daemon.csv.RejectedRows;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.donotcall.DoNotCallImport;
import org.paceline.daemon.leads.LeadImport;
import org.paceline.daemon.logging.Logs;
import org.paceline.daemon.run.Daemon;
import org.paceline.daemon.run.Settings;
import org.paceline.daemon.run.StartException;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.port.AttemptJournal.JournalUnavailableException;
import org.paceline.rules.NumberPlan;
import org.paceline.sip.simulation.PublicBehaviour;
import org.paceline.sip.simulation.SimulatedCarrier;
import org.paceline.sip.simulation.SimulatedPhones;
import org.paceline.sip.simulation.TimeLaw;

/** Plays the demo. Thread: the caller's, which it keeps until the end. */
public final class Demo {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int QUIET_SECONDS = 3;
    private static final long STORE_MILLIS = 3_000;

    private final DemoOptions options;
    private final PrintWriter out;
    private final DemoFiles files;
    private final NumberPlan numbers = new NumberPlan();

    private Demo(DemoOptions options, PrintWriter out) {
        this.options = options;
        this.out = out;
        this.files = new DemoFiles(options.folder());
    }

    /**
     * Plays the demo from start to end.
     *
     * @param out takes the progress, a line a second
     */
    public static DemoSummary play(DemoOptions options, PrintWriter out)
            throws IOException, InterruptedException, StartException, DatabaseException, CsvException, SQLException,
                    JournalUnavailableException {
        Files.createDirectories(options.folder());
        Demo demo = new Demo(options, out);
        Logs.toFile(demo.files.log());
        try (SimulatedPhones phones = new SimulatedPhones(LOOPBACK, 0, SimulatedPhones.names(options.agents()));
                SimulatedCarrier carrier = new SimulatedCarrier(LOOPBACK, 0, thePublic(), options.seed())) {
            demo.files.write(options, carrier.port(), phones);
            Configuration configuration = Configuration.read(demo.files.configFile(), System::getenv);
            demo.importLists(configuration);
            return demo.run(configuration);
        }
    }

    /** Returns the public, which is quicker than real people, so that a minute shows much. */
    private static PublicBehaviour thePublic() {
        return new PublicBehaviour(
                new PublicBehaviour.Shares(0.54, 0.10, 0.15, 0.07, 0.02, 0.12),
                TimeLaw.uniform(100, 400),
                TimeLaw.exponential(900, 5_000),
                TimeLaw.logNormal(5_000, 0.5, 15_000),
                TimeLaw.uniform(4_000, 9_000));
    }

    private void importLists(Configuration configuration)
            throws DatabaseException, CsvException, SQLException, IOException, JournalUnavailableException {
        DemoNumbers drama = new DemoNumbers(
                numbers,
                configuration.campaigns().getFirst().settings().rules(),
                System.currentTimeMillis(),
                options.seed());
        DemoLists lists = DemoLists.write(options.folder(), drama, options.leads());
        try (Database database = Database.open(Settings.database(configuration.daemon()))) {
            LeadImport leads = new LeadImport(database, numbers, System::currentTimeMillis);
            LeadImport.Order order = new LeadImport.Order(
                    lists.leads(),
                    new CampaignId(DemoFiles.CAMPAIGN),
                    ListFormat.FOUND_OUT,
                    RejectedRows.besides(lists.leads()));
            told("leads", leads.run(order, ImportProgress.NONE));
            DemoPast.write(database, numbers, options.leads() / 12, System.currentTimeMillis());
            DoNotCallImport doNotCall = new DoNotCallImport(database, numbers, System::currentTimeMillis);
            told(
                    "do-not-call",
                    doNotCall
                            .run(
                                    new DoNotCallImport.Order(
                                            lists.doNotCall(),
                                            ListFormat.FOUND_OUT,
                                            configuration.daemon().node().zone(),
                                            configuration.campaignIds(),
                                            null,
                                            false,
                                            RejectedRows.besides(lists.doNotCall())),
                                    ImportProgress.NONE)
                            .report());
        }
    }

    private void told(String what, ImportReport report) {
        out.println("imported " + what + ": " + report.added() + " of " + report.rows() + " rows, "
                + report.duplicates() + " duplicate, " + report.rejected() + " rejected");
        out.flush();
    }

    private DemoSummary run(Configuration configuration) throws StartException, InterruptedException {
        try (Daemon daemon = Daemon.start(configuration);
                HttpClient client = HttpClient.newHttpClient()) {
            out.println("dialling; API " + daemon.apiUrl() + ", log " + files.log());
            List<AgentRobot> robots = new ArrayList<>();
            for (String name : SimulatedPhones.names(options.agents())) {
                robots.add(new AgentRobot(client, daemon.apiUrl(), name, options.seed()));
            }
            long startNanos = System.nanoTime();
            watch(daemon);
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            Snapshot busy = daemon.snapshot();
            daemon.drain(new CompletableFuture<Void>());
            for (AgentRobot robot : robots) {
                robot.goHome();
            }
            awaitRecordings(daemon);
            return DemoSummary.of(busy, daemon.snapshot(), daemon.recordings(), seconds);
        }
    }

    /** Prints a line a second, until the lists are finished or the time is up. */
    private void watch(Daemon daemon) throws InterruptedException {
        CompletableFuture<String> done = new CompletableFuture<>();
        try (ScheduledExecutorService second = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("demo-progress").factory())) {
            DemoProgress progress = new DemoProgress(options.seconds(), QUIET_SECONDS, out);
            var _ = second.scheduleAtFixedRate(
                    () -> {
                        if (progress.line(daemon.snapshot())) {
                            done.complete("over");
                        }
                    },
                    1,
                    1,
                    TimeUnit.SECONDS);
            CompletableFuture.anyOf(done, daemon.failure()).join();
            second.shutdownNow();
        }
    }

    /** Waits for recordings, which are closed and written behind the calls. */
    private static void awaitRecordings(Daemon daemon) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STORE_MILLIS);
        while (daemon.recordings() < daemon.snapshot().answerToConnected().count()
                && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
