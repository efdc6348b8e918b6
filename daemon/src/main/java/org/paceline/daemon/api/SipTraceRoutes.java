package org.paceline.daemon.api;

import io.javalin.http.Context;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.access.Caller;
import org.paceline.daemon.api.access.Tokens;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.daemon.api.http.Queries;
import org.paceline.daemon.trace.SipTrace;
import org.paceline.rules.PhoneNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/sip/messages}: the SIP messages of the last time. Who looked at them stands in the log. */
final class SipTraceRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(SipTraceRoutes.class);

    private final EnginePort engine;
    private final SipTrace trace;
    private final Tokens tokens;

    SipTraceRoutes(EnginePort engine, SipTrace trace, Tokens tokens) {
        this.engine = engine;
        this.trace = trace;
        this.tokens = tokens;
    }

    void addTo(Routes routes) {
        routes.get("/api/sip/messages", this::messages, "number", "call", "trunk", "agent", "after", "limit");
    }

    private void messages(Context request) {
        Caller caller = tokens.caller(request);
        caller.mustSupervise();
        SipTrace.Query query =
                new SipTrace.Query(number(request), call(request), trunk(request), Queries.name(request, "agent"));
        String after = request.queryParam("after");
        int limit = Queries.limit(request);
        if (!trace.isOn()) {
            throw ApiProblem.refused("no SIP messages are kept: sip.trace-memory is 0");
        }
        if (after == null) {
            note(caller, query);
        }
        try {
            request.json(trace.find(query, after, limit));
        } catch (IllegalArgumentException e) {
            throw ApiProblem.badRequest("'after' must be the 'next' of the page before");
        }
    }

    private static void note(Caller caller, SipTrace.Query query) {
        LOG.info(
                "event=sip-messages-read by={} number={} call={} trunk={} agent={}",
                caller.source(),
                query.number() == null ? "any" : PhoneNumber.masked(Long.parseLong(lastDigits(query.number()))),
                query.call() == null ? "any" : query.call(),
                query.trunk() == null ? "any" : query.trunk(),
                query.agent() == null ? "any" : query.agent());
    }

    private static String lastDigits(String number) {
        return number.substring(Math.max(0, number.length() - 15));
    }

    /** Returns the digits of a number; a {@code +} in a query arrives as a space. */
    private static @Nullable String number(Context request) {
        String text = request.queryParam("number");
        if (text == null) {
            return null;
        }
        String digits = text.strip().replaceFirst("^\\+", "").replaceAll("[-. ()/]", "");
        if (!digits.matches("[0-9]{7,20}")) {
            throw ApiProblem.badRequest("'number' must be a telephone number of 7 to 20 digits, as +13055550123");
        }
        return digits;
    }

    private static @Nullable String call(Context request) {
        String text = request.queryParam("call");
        if (text != null && !text.matches("[!-~]{1,300}")) {
            throw ApiProblem.badRequest("'call' must be the id of a call, or a Call-ID of SIP");
        }
        return text;
    }

    private @Nullable String trunk(Context request) {
        String name = Queries.name(request, "trunk");
        if (name != null
                && engine.trunks().stream()
                        .noneMatch(trunk -> trunk.id().value().equals(name))) {
            throw ApiProblem.notFound("no trunk '" + name + "'; there are "
                    + engine.trunks().stream().map(trunk -> trunk.id().value()).collect(Collectors.joining(", ")));
        }
        return name;
    }
}
