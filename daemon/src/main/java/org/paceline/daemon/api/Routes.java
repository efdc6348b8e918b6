package org.paceline.daemon.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Map;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.daemon.api.http.Failures;

/**
 * The routes. Each names the query keys that it takes; another key, or a key given twice, is a mistake and not ignored:
 * {@code ?agnt=alice} would list everybody's. Each POST is done once for an idempotency key. Failures are turned into
 * answers inside of that, because the key becomes free again after a request that was not done.
 */
final class Routes {
    private final RoutesConfig routes;
    private final Once once;

    Routes(RoutesConfig routes, Once once) {
        this.routes = routes;
        this.once = once;
    }

    /** @param queryKeys the keys that may follow the {@code ?} */
    void get(String path, Handler handler, String... queryKeys) {
        routes.get(path, taking(Failures.told(handler), queryKeys));
    }

    void post(String path, Handler handler) {
        Handler told = Failures.told(handler);
        routes.post(path, taking(Failures.told(request -> once.handle(request, told))));
    }

    void put(String path, Handler handler) {
        routes.put(path, taking(Failures.told(handler)));
    }

    void delete(String path, Handler handler, String... queryKeys) {
        routes.delete(path, taking(Failures.told(handler), queryKeys));
    }

    private static Handler taking(Handler handler, String... queryKeys) {
        List<String> known = List.of(queryKeys);
        return request -> {
            refuseUnknown(request, known);
            handler.handle(request);
        };
    }

    private static void refuseUnknown(Context request, List<String> known) {
        for (Map.Entry<String, List<String>> given : request.queryParamMap().entrySet()) {
            String key = given.getKey();
            if (!known.contains(key)) {
                throw ApiProblem.badRequest("unknown query key '" + key + "': "
                        + (known.isEmpty() ? "there is none here" : "must be one of " + String.join(", ", known)));
            }
            if (given.getValue().size() > 1) {
                throw ApiProblem.badRequest("query key '" + key + "' stands twice");
            }
        }
    }
}
