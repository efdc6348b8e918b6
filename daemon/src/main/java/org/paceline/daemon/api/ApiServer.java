package org.paceline.daemon.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JavalinJackson;
import io.javalin.util.JavalinBindException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.paceline.daemon.config.CampaignFile;
import org.paceline.daemon.config.DaemonConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server. Requests run on virtual threads, so many at once; one more is told 503.
 *
 * <p>Thread: any.
 */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int REQUESTS_AT_ONCE = 256;
    private static final long LARGEST_BODY_BYTES = 64 * 1024;

    private final Semaphore places = new Semaphore(REQUESTS_AT_ONCE);
    private final Javalin server;
    private final String host;

    private ApiServer(
            DaemonConfig config, Floor floor, Desks desks, Supplier<List<CampaignFile>> files, MachineRoutes machines) {
        Tokens tokens = new Tokens(config);
        this.host = config.api().host();
        this.server = Javalin.create(javalin -> {
            settings(javalin);
            bounds(javalin.routes);
            problems(javalin.routes);
            machines.addTo(javalin.routes);
            new AgentRoutes(config, floor, tokens).addTo(javalin.routes);
            new SessionRoutes(config, floor, tokens).addTo(javalin.routes);
            new QualificationRoutes(config, floor, tokens).addTo(javalin.routes);
            new FloorRoutes(floor, files, config.node().currency(), desks.callbackFigures(), tokens)
                    .addTo(javalin.routes);
            new PauseRoutes(floor, desks.pauses(), tokens).addTo(javalin.routes);
            new ComplaintRoutes(desks.complaints(), floor, tokens).addTo(javalin.routes);
            new CallRoutes(config, desks, tokens).addTo(javalin.routes);
            new CallbackRoutes(config, floor, desks, tokens).addTo(javalin.routes);
        });
    }

    /**
     * Starts serving.
     *
     * @param files the campaign files as they stand
     * @param metrics the Prometheus text of now
     * @throws ApiStartException in one line where the port cannot be had
     */
    public static ApiServer start(
            DaemonConfig config,
            Floor floor,
            Desks desks,
            Supplier<List<CampaignFile>> files,
            Supplier<String> metrics,
            HealthCheck.Source health)
            throws ApiStartException {
        ApiServer api = new ApiServer(config, floor, desks, files, new MachineRoutes(metrics, health));
        try {
            api.server.start(config.api().host(), config.api().port());
            return api;
        } catch (JavalinBindException e) {
            throw new ApiStartException(
                    "api.host, api.port: cannot listen on " + config.api().host() + ":"
                            + config.api().port() + ": " + bindReason(e) + "; free the port or change api.port in "
                            + config.file(),
                    e);
        }
    }

    private static String bindReason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static void settings(JavalinConfig javalin) {
        javalin.startup.showJavalinBanner = false;
        javalin.startup.showOldJavalinVersionWarning = false;
        javalin.startup.startupWatcherEnabled = false;
        javalin.concurrency.useVirtualThreads = true;
        javalin.router.javaLangErrorHandler((response, error) -> {
            response.setStatus(500);
            endTheProcess(error);
        });
        javalin.http.maxRequestSize = LARGEST_BODY_BYTES;
        javalin.http.prefer405over404 = true;
        javalin.http.defaultContentType = "application/json";
        javalin.jsonMapper(new JavalinJackson(new ObjectMapper(), false));
        javalin.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    }

    /** An error that is no exception is nobody's request; who owns the process hears of it as of any thread that dies. */
    private static void endTheProcess(Error error) {
        LOG.error("event=request-failed", error);
        if (!(error instanceof StackOverflowError)) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, error);
        }
    }

    private void bounds(RoutesConfig routes) {
        routes.before("/api/*", request -> {
            if (!places.tryAcquire()) {
                throw ApiProblem.busy("more than " + REQUESTS_AT_ONCE + " requests at once: try again in a second");
            }
            request.attribute("place", places);
        });
        routes.after("/api/*", request -> {
            if (request.attribute("place") instanceof Semaphore taken) {
                request.attribute("place", null);
                taken.release();
            }
        });
    }

    private static void problems(RoutesConfig routes) {
        routes.exception(ApiProblem.class, (problem, request) -> {
            if (problem.status() == 401) {
                request.header("WWW-Authenticate", "Bearer");
            }
            tell(request, problem.status(), problem.getMessage());
        });
        routes.exception(
                HttpResponseException.class,
                (problem, request) -> tell(request, problem.getStatus(), said(problem, request)));
        routes.exception(Exception.class, (fault, request) -> {
            LOG.error("event=request-failed method={} path={}", request.method(), request.path(), fault);
            tell(request, 500, "a fault of the daemon's own; its log has it");
        });
    }

    private static String said(HttpResponseException problem, Context request) {
        return switch (problem.getStatus()) {
            case 404 -> "nothing at " + request.path();
            case 405 -> request.method() + " is not possible at " + request.path();
            case 413 -> "the body is larger than " + LARGEST_BODY_BYTES + " bytes";
            default -> String.valueOf(problem.getMessage());
        };
    }

    private static void tell(Context request, int status, String message) {
        request.status(status).json(Map.of("error", message));
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** {@code http://127.0.0.1:8080}. */
    public String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    /** Stops serving; requests under way are cut off. */
    @Override
    public void close() {
        server.stop();
    }
}
