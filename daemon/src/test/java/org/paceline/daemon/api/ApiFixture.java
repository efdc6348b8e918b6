package org.paceline.daemon.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.paceline.daemon.Fixtures.Heard;
import org.paceline.daemon.api.access.Gate;
import org.paceline.daemon.callbacks.CallbackDesk;
import org.paceline.daemon.calls.CallArchive;
import org.paceline.daemon.calls.DailyTarget;
import org.paceline.daemon.calls.WorkBook;
import org.paceline.daemon.complaints.ComplaintDesk;
import org.paceline.daemon.complaints.ComplaintTerms;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.gate.Copies;
import org.paceline.daemon.gate.Opening;
import org.paceline.daemon.leads.CallbackFigures;
import org.paceline.daemon.metrics.StorageFigures;
import org.paceline.daemon.pauses.CampaignPauses;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.daemon.redo.LogExtent;
import org.paceline.daemon.requests.KeyedRequests;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.port.EventSink;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.rules.NumberPlan;

/** The API over an embedded database, with a dialer that does what a test says. */
final class ApiFixture implements AutoCloseable {
    static final String ALICE = ApiServerTest.ALICE;
    static final String BOB = ApiServerTest.BOB;
    static final String BOSS = ApiServerTest.BOSS;

    final FakeFloor floor = new FakeFloor();
    final Heard engine = new Heard();
    final Database database;
    final AtomicLong now = new AtomicLong(1_794_000_000_000L);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Gate.Bounds bounds;
    private ApiServer server;

    ApiFixture(Path folder) throws Exception {
        this(folder, Gate.Bounds.DEFAULT);
    }

    ApiFixture(Path folder, Gate.Bounds bounds) throws Exception {
        this.database = Database.open(DatabaseSettings.embedded(folder.resolve("db")));
        this.bounds = bounds;
        this.server = start();
    }

    private ApiServer start() throws ApiStartException {
        DaemonConfig config = ApiServerTest.config(0);
        return ApiServer.start(
                () -> config,
                floor,
                desks(floor, database, engine, now::get),
                List::of,
                new MachineRoutes(() -> "", List::of),
                bounds);
    }

    /** Another server over the same database. */
    void restart() throws ApiStartException {
        server.close();
        server = start();
    }

    String url() {
        return server.url();
    }

    static Services desks(FakeFloor floor, Database database, EventSink engine, LongSupplier epochMillis) {
        return new Services(
                floor,
                floor,
                floor,
                new ComplaintDesk(new ComplaintDesk.Parts(
                        database, new NumberPlan(), ComplaintTerms.DEFAULT, null, engine, epochMillis)),
                new CallbackDesk(database, new NumberPlan(), engine, epochMillis),
                () -> Map.of("autumn", new CallbackFigures(3, 1, 2, 2, 1)),
                new CallArchive(database),
                new WorkBook(
                        database,
                        ZoneOffset.UTC,
                        epochMillis,
                        new DailyTarget(80, 40, 40, Duration.ofSeconds(30)),
                        _ -> new DailyTarget(20, null, null, Duration.ofSeconds(10))),
                new CampaignPauses(database, engine, epochMillis, new PeriodicWorkers(ThreadWatch.endingTheProcess())),
                new KeyedRequests(database, epochMillis),
                () -> Map.of(
                        new AgentId("bob"),
                        List.of(new RegisteredPhone(
                                "203.0.113.5:61000", "sip:bob@10.0.0.7:5060", "Softphone 1", 55, true))),
                floor.trace);
    }

    /** @return status and body */
    String send(String method, String path, String token, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = exchange(method, path, token, body);
        return response.statusCode() + " " + response.body();
    }

    /** @param headers names and values in turn */
    HttpResponse<String> exchange(String method, String path, String token, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
        database.close();
    }

    /** Returns figures of a database that was made again, and of whose copies two failed. */
    static StorageFigures storage() {
        return new StorageFigures(
                Duration.ofMillis(61_500),
                new Copies.Made("/data/paceline.redo/900.copy", 900, 1_200, 48_000, 250),
                2,
                new LogExtent(801, 950, 70_000),
                new Opening("", "", "it is corrupt"));
    }
}
