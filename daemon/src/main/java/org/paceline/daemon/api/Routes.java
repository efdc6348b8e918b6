package org.paceline.daemon.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Map;

/**
 * Where routes are entered. Each names the query keys that it takes; another key, or one that stands twice, is a mistake
 * and not left out silently: {@code ?agnt=alice} would list everybody's. Each POST is done once for an idempotency key.
 */
final class Routes {
    private final RoutesConfig routes;
    private final Once once;

    Routes(RoutesConfig routes, Once once) {
        this.routes = routes;
        this.once = once;
    }

    /** @param queryKeys what may stand after the {@code ?} */
    void get(String path, Handler handler, String... queryKeys) {
        routes.get(path, taking(handler, queryKeys));
    }

    void post(String path, Handler handler) {
        routes.post(path, taking(request -> once.handle(request, handler)));
    }

    void put(String path, Handler handler) {
        routes.put(path, taking(handler));
    }

    void delete(String path, Handler handler, String... queryKeys) {
        routes.delete(path, taking(handler, queryKeys));
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
