package org.paceline.daemon.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.json.JavalinJackson;
import io.javalin.util.JavalinBindException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.paceline.daemon.api.access.Gate;
import org.paceline.daemon.api.access.Tokens;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.daemon.api.http.ErrorText;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.watch.CampaignFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server. Requests run on virtual threads, a limited number at once; one more gets 503.
 *
 * <p>Thread: any.
 */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int CONNECTIONS_AT_ONCE = 1_024;

    private final Javalin server;
    private final String host;

    private ApiServer(
            Supplier<DaemonConfig> config,
            EnginePort engine,
            Services desks,
            Supplier<List<CampaignFile>> files,
            MachineRoutes machines,
            Gate.Bounds bounds) {
        Tokens tokens = new Tokens(config);
        this.host = config.get().api().host();
        this.server = Javalin.create(javalin -> {
            settings(javalin, new Gate(tokens, bounds));
            problems(javalin.routes);
            Routes routes = new Routes(javalin.routes, new Once(desks.requests(), tokens));
            Campaigns campaigns = new Campaigns(engine);
            machines.addTo(routes);
            new AgentRoutes(config, engine, desks.agents(), desks.phones(), tokens).addTo(routes);
            new SessionRoutes(config, desks.agents(), tokens).addTo(routes);
            new QualificationRoutes(config, campaigns, desks.agents(), tokens).addTo(routes);
            new WorkRoutes(config, desks.work(), tokens).addTo(routes);
            new CampaignRoutes(
                            engine,
                            desks.refusals(),
                            new CampaignRoutes.Figures(
                                    files,
                                    desks.callbackFigures(),
                                    desks.pauses()::inForce,
                                    () -> config.get().node().currency()),
                            tokens)
                    .addTo(routes);
            new PauseRoutes(campaigns, desks.pauses(), tokens).addTo(routes);
            new TrunkRoutes(engine, tokens).addTo(routes);
            new SipTraceRoutes(engine, desks.sipTrace(), tokens).addTo(routes);
            new DoNotCallRoutes(desks.doNotCall(), campaigns, tokens).addTo(routes);
            new ComplaintRoutes(desks.complaints(), campaigns, tokens).addTo(routes);
            new CallRoutes(desks.calls(), tokens).addTo(routes);
            new CallbackRoutes(config, campaigns, desks.callbacks(), tokens).addTo(routes);
        });
    }

    /**
     * Starts serving.
     *
     * @param config the node's settings in force
     * @param files the configuration files as they stand
     * @param metrics the current Prometheus text
     * @throws ApiStartException with one line, where the port cannot be bound
     */
    public static ApiServer start(
            Supplier<DaemonConfig> config,
            EnginePort engine,
            Services desks,
            Supplier<List<CampaignFile>> files,
            Supplier<String> metrics,
            HealthCheck.Source health)
            throws ApiStartException {
        return start(config, engine, desks, files, new MachineRoutes(metrics, health), Gate.Bounds.DEFAULT);
    }

    static ApiServer start(
            Supplier<DaemonConfig> config,
            EnginePort engine,
            Services desks,
            Supplier<List<CampaignFile>> files,
            MachineRoutes machines,
            Gate.Bounds bounds)
            throws ApiStartException {
        ApiServer api = new ApiServer(config, engine, desks, files, machines, bounds);
        try {
            api.server.start(config.get().api().host(), config.get().api().port());
            return api;
        } catch (JavalinBindException e) {
            throw new ApiStartException(
                    "api.host, api.port: cannot listen on " + config.get().api().host() + ":"
                            + config.get().api().port() + ": " + bindReason(e)
                            + "; free the port or change api.port in "
                            + config.get().file(),
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

    private static void settings(JavalinConfig javalin, Gate gate) {
        javalin.startup.showJavalinBanner = false;
        javalin.startup.showOldJavalinVersionWarning = false;
        javalin.startup.startupWatcherEnabled = false;
        javalin.concurrency.useVirtualThreads = true;
        javalin.router.javaLangErrorHandler((response, error) -> {
            response.setStatus(500);
            endTheProcess(error);
        });
        javalin.http.prefer405over404 = true;
        javalin.http.defaultContentType = "application/json";
        javalin.jsonMapper(new JavalinJackson(new ObjectMapper(), false));
        javalin.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        javalin.jetty.modifyServer(server -> {
            server.setHandler(gate);
            server.setErrorHandler(new ErrorText());
            server.addBean(new NetworkConnectionLimit(CONNECTIONS_AT_ONCE, server));
        });
    }

    /**
     * Ends the process. An error that is not an exception belongs to no request; the process's owner is told of it as
     * of any thread that dies.
     */
    private static void endTheProcess(Error error) {
        LOG.error("event=request-failed", error);
        if (!(error instanceof StackOverflowError)) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, error);
        }
    }

    private static void problems(RoutesConfig routes) {
        routes.exception(ApiProblem.class, (problem, request) -> {
            if (problem.status() == 401) {
                request.header("WWW-Authenticate", "Bearer");
            }
            tell(request, problem.status(), problem.getMessage());
        });
        routes.exception(HttpResponseException.class, (problem, request) -> {
            if (problem instanceof MethodNotAllowedResponse other) {
                request.header("Allow", String.valueOf(other.getDetails().get("availableMethods")));
            }
            tell(request, problem.getStatus(), said(problem, request));
        });
        routes.exception(Exception.class, (fault, request) -> {
            LOG.error("event=request-failed method={} path={}", request.method(), request.path(), fault);
            tell(request, 500, ApiProblem.OWN_FAULT);
        });
    }

    private static String said(HttpResponseException problem, Context request) {
        return switch (problem.getStatus()) {
            case 404 -> "nothing at " + request.path();
            case 405 -> request.method() + " is not possible at " + request.path();
            case 400 -> ErrorText.NOT_HTTP;
            default -> HttpStatus.forStatus(problem.getStatus()).getMessage();
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
