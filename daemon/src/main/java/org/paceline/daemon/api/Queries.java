package org.paceline.daemon.api;

import io.javalin.http.Context;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CampaignId;
import org.paceline.yaml.ScalarType;

/** What the routes that read the database have in common: their parameters, and what is told when it does not answer. */
final class Queries {
    private static final Pattern LIMIT = Pattern.compile("[1-9]\\d?|[1-4]\\d\\d|500");
    private static final Pattern ID = Pattern.compile("[1-9]\\d{0,17}");

    private Queries() {}

    /** A question to the database. */
    interface Question<T extends @Nullable Object> {
        T ask() throws SQLException, IOException;
    }

    /**
     * Asks.
     *
     * @throws ApiProblem 503 where the database does not answer, 400 where what was asked for cannot be
     */
    static <T> T answered(Question<T> question) {
        T answer = answeredOrNull(question);
        if (answer == null) {
            throw new IllegalStateException("no answer");
        }
        return answer;
    }

    /** The same of what may not be there. */
    static <T> @Nullable T answeredOrNull(Question<? extends @Nullable T> question) {
        try {
            return question.ask();
        } catch (SQLException | IOException | JdbiException e) {
            throw ApiProblem.unclear(String.valueOf(new Floor.UnavailableException(e).getMessage()));
        } catch (IllegalArgumentException e) {
            throw ApiProblem.badRequest(String.valueOf(e.getMessage()));
        }
    }

    static String parameter(Context request, String name, String otherwise) {
        String value = request.queryParam(name);
        return value == null ? otherwise : value;
    }

    /** {@code ?limit=}: how many a page has. */
    static int limit(Context request) {
        String text = parameter(request, "limit", "50");
        if (!LIMIT.matcher(text).matches()) {
            throw ApiProblem.badRequest("'limit' must be a number from 1 to 500");
        }
        return Integer.parseInt(text);
    }

    /** {@code ?before=}: where a page begins. */
    static long beforeId(Context request) {
        String text = parameter(request, "before", "");
        if (text.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (!ID.matcher(text).matches()) {
            throw ApiProblem.badRequest("'before' must be the 'next' of the page before");
        }
        return Long.parseLong(text);
    }

    /** One of an enum's constants in small letters. */
    static <E extends Enum<E>> E choice(Context request, String name, E otherwise) {
        String text = parameter(request, name, ScalarType.written(otherwise)).toLowerCase(Locale.ROOT);
        E[] constants = otherwise.getDeclaringClass().getEnumConstants();
        return Arrays.stream(constants)
                .filter(constant -> ScalarType.written(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> ApiProblem.badRequest("'" + name + "' must be one of "
                        + Arrays.stream(constants).map(ScalarType::written).collect(Collectors.joining(", "))));
    }

    /** The {@code {id}} of the path. */
    static long pathId(Context request, String kind) {
        String text = request.pathParam("id");
        if (!ID.matcher(text).matches()) {
            throw ApiProblem.notFound("no " + kind + " '" + text + "'");
        }
        return Long.parseLong(text);
    }

    /** @throws ApiProblem 404 where it is no campaign in force; null is none asked for */
    static void mustBeCampaign(@Nullable String name, Floor floor) {
        if (name != null && !floor.campaigns().contains(new CampaignId(name))) {
            throw ApiProblem.notFound("no campaign '" + name + "': must be one of " + floor.campaigns());
        }
    }

    static @Nullable String idOrNull(@Nullable Long id) {
        return id == null ? null : id.toString();
    }
}
