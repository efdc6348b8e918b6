package org.paceline.daemon.api.http;

import io.javalin.http.Handler;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.requests.RefusedInputException;

/** Turns failures of a route's work into answers to the caller; no other class does that. */
public final class Failures {
    private static final String NO_DATABASE = "the database does not answer: try again in a few seconds";

    private Failures() {}

    /**
     * Returns the handler with its failures as {@link ApiProblem}s: 503 where the database does not answer, in which
     * case the request may be done nevertheless; 400 where the request is not possible.
     */
    public static Handler told(Handler handler) {
        return request -> {
            try {
                handler.handle(request);
            } catch (SQLException | IOException | JdbiException _) {
                throw ApiProblem.unclear(NO_DATABASE);
            } catch (RefusedInputException e) {
                throw ApiProblem.badRequest(String.valueOf(e.getMessage()));
            }
        };
    }

    /** Reads facts that are needed first: where the database does not answer, nothing was done. */
    public static <T> T beforehand(Callable<T> read) throws Exception {
        try {
            return read.call();
        } catch (SQLException | JdbiException _) {
            throw ApiProblem.busy(NO_DATABASE);
        }
    }

    /** Works with one value of a request; a problem with it is reported with the value's name in front. */
    public static <T extends @Nullable Object> T with(String name, Callable<T> work) throws Exception {
        try {
            return work.call();
        } catch (RefusedInputException e) {
            throw ApiProblem.badRequest(name + ": " + e.getMessage());
        }
    }
}
