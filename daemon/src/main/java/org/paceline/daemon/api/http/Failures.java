package org.paceline.daemon.api.http;

import io.javalin.http.Handler;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.requests.RefusedInputException;

/** What the failures of a route's work are to the asker: said here, and nowhere else. */
public final class Failures {
    private static final String NO_DATABASE = "the database does not answer: try again in a few seconds";

    private Failures() {}

    /**
     * The handler with its failures as {@link ApiProblem}s: 503 where the database does not answer, and what was asked for may be done
     * nevertheless; 400 where it cannot be.
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

    /** Reads what has to be known first: where the database does not answer, nothing was done. */
    public static <T> T beforehand(Callable<T> read) throws Exception {
        try {
            return read.call();
        } catch (SQLException | JdbiException _) {
            throw ApiProblem.busy(NO_DATABASE);
        }
    }

    /** Does something with one thing that was sent; what is wrong with that is said with its name before it. */
    public static <T extends @Nullable Object> T with(String name, Callable<T> work) throws Exception {
        try {
            return work.call();
        } catch (RefusedInputException e) {
            throw ApiProblem.badRequest(name + ": " + e.getMessage());
        }
    }
}
