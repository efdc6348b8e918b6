package org.paceline.daemon.api.http;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.key.Types;
import org.paceline.yaml.ScalarType;

/** Reads the values in a path and after its {@code ?}. */
public final class Queries {
    private static final Pattern LIMIT = Pattern.compile("[1-9]\\d?|[1-4]\\d\\d|500");
    private static final Pattern ID = Pattern.compile("[1-9]\\d{0,17}");

    private Queries() {}

    public static String parameter(Context request, String name, String otherwise) {
        String value = request.queryParam(name);
        return value == null ? otherwise : value;
    }

    /**
     * Returns the name of an agent or a campaign, or null where the query has none. One that the configuration does not
     * have is no mistake: what is kept of its calls outlives it.
     */
    public static @Nullable String name(Context request, String key) {
        String text = request.queryParam(key);
        if (text != null && Types.NAME.parseOrNull(text) == null) {
            throw ApiProblem.badRequest("'" + key + "' must be " + Types.NAME.expected());
        }
        return text;
    }

    /** Returns {@code ?limit=}: the size of a page. */
    public static int limit(Context request) {
        String text = parameter(request, "limit", "50");
        if (!LIMIT.matcher(text).matches()) {
            throw ApiProblem.badRequest("'limit' must be a number from 1 to 500");
        }
        return Integer.parseInt(text);
    }

    /** Returns {@code ?before=}: where a page begins. */
    public static long beforeId(Context request) {
        String text = parameter(request, "before", "");
        if (text.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (!ID.matcher(text).matches()) {
            throw noPage();
        }
        return Long.parseLong(text);
    }

    /** Makes the problem for a {@code ?before=} that names no page. */
    public static ApiProblem noPage() {
        return ApiProblem.badRequest("'before' must be the 'next' of the page before");
    }

    /** Returns one of an enum's constants, written in small letters. */
    public static <E extends Enum<E>> E choice(Context request, String name, E otherwise) {
        String text = parameter(request, name, ScalarType.written(otherwise)).toLowerCase(Locale.ROOT);
        E[] constants = otherwise.getDeclaringClass().getEnumConstants();
        return Arrays.stream(constants)
                .filter(constant -> ScalarType.written(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> ApiProblem.badRequest("'" + name + "' must be one of "
                        + Arrays.stream(constants).map(ScalarType::written).collect(Collectors.joining(", "))));
    }

    /** Returns the {@code {id}} of the path. */
    public static long pathId(Context request, String kind) {
        String text = request.pathParam("id");
        if (!ID.matcher(text).matches()) {
            throw ApiProblem.notFound("no " + kind + " '" + text + "'");
        }
        return Long.parseLong(text);
    }
}
