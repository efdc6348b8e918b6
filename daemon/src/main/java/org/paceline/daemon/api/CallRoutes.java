package org.paceline.daemon.api;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.access.Caller;
import org.paceline.daemon.api.access.Tokens;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.daemon.api.http.Moments;
import org.paceline.daemon.api.http.Queries;
import org.paceline.daemon.calls.CallArchive;
import org.paceline.daemon.calls.KeptCall;
import org.paceline.dialer.call.Greeting;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.id.AgentId;
import org.paceline.rules.PhoneNumber;
import org.paceline.yaml.ScalarType;

/** {@code /api/calls}: everything kept of each call. */
final class CallRoutes {
    private static final Pattern PAGE = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    private final CallArchive calls;
    private final Tokens tokens;

    CallRoutes(CallArchive calls, Tokens tokens) {
        this.calls = calls;
        this.tokens = tokens;
    }

    void addTo(Routes routes) {
        routes.get("/api/calls", this::list, "campaign", "agent", "from", "to", "outcome", "limit", "before");
        routes.get("/api/calls/{id}", this::show);
    }

    private record View(
            String id,
            String lead,
            @Nullable String name,
            String number,
            String campaign,
            @Nullable String matter,
            String trunk,
            String callerId,
            @Nullable String plannedAt,
            @Nullable String dialledAt,
            @Nullable String ringingAt,
            @Nullable String answeredAt,
            @Nullable Long greetingBeganMillis,
            @Nullable Long greetingEndedMillis,
            @Nullable String connectedAt,
            @Nullable String endedAt,
            @Nullable Long talkSeconds,
            @Nullable String outcome,
            @Nullable Integer sipStatus,
            @Nullable String agent,
            @Nullable String disposition,
            @Nullable String meaning,
            @Nullable String script) {}

    private record Recording(String path, long bytes, long millis, boolean complete) {}

    private record Note(@Nullable String at, String by, String text) {}

    private record Whole(
            View call, List<Recording> recordings, List<Note> notes, List<String> complaints, List<String> callbacks) {}

    private record Page(List<View> calls, @Nullable String next) {}

    private void list(Context request) {
        tokens.caller(request).mustSupervise();
        Matcher page = PAGE.matcher(Queries.parameter(request, "before", ""));
        if (request.queryParam("before") != null && !page.matches()) {
            throw Queries.noPage();
        }
        CallArchive.Cursor before = page.matches()
                ? new CallArchive.Cursor(Long.parseLong(page.group(1)), Long.parseLong(page.group(2)))
                : CallArchive.Cursor.LATEST;
        CallArchive.Filter filter = new CallArchive.Filter(
                Queries.name(request, "campaign"),
                Queries.name(request, "agent"),
                time(request, "from", 0),
                time(request, "to", Long.MAX_VALUE),
                outcome(request.queryParam("outcome")));
        int most = Queries.limit(request);
        List<KeptCall> found = calls.list(filter, before, most);
        request.json(new Page(
                found.stream().map(CallRoutes::view).toList(),
                found.size() < most
                        ? null
                        : found.getLast().times().planned() + "-"
                                + found.getLast().id()));
    }

    private static long time(Context request, String name, long otherwise) {
        String text = request.queryParam(name);
        if (text == null) {
            return otherwise;
        }
        Instant time = Moments.time(text.replace(' ', '+'));
        if (time == null) {
            throw ApiProblem.badRequest("'" + name + "' must be " + Moments.TIME);
        }
        return time.toEpochMilli();
    }

    private static @Nullable Outcome outcome(@Nullable String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> ApiProblem.badRequest("'outcome' must be one of " + Arrays.toString(Outcome.values())));
    }

    /** Shows a call: an agent sees the calls that it talked on, a leader those of the team. */
    private void show(Context request) {
        Caller caller = tokens.caller(request);
        long id = Queries.pathId(request, "call");
        KeptCall call = calls.find(id);
        String agent = call == null ? null : call.agent();
        if (agent == null || !caller.sees(new AgentId(agent))) {
            caller.mustSupervise();
        }
        if (call == null) {
            throw ApiProblem.notFound("no call " + id);
        }
        KeptCall.Links links = calls.links(id);
        request.json(new Whole(
                view(call),
                links.recordings().stream()
                        .map(file -> new Recording(file.path(), file.bytes(), file.millis(), file.complete()))
                        .toList(),
                links.notes().stream()
                        .map(note -> new Note(Moments.shown(note.atEpochMillis()), note.by(), note.text()))
                        .toList(),
                links.complaints().stream().map(String::valueOf).toList(),
                links.callbacks().stream().map(String::valueOf).toList()));
    }

    private static View view(KeptCall call) {
        KeptCall.Times times = call.times();
        return new View(
                Long.toString(call.id()),
                Long.toString(call.lead()),
                call.name(),
                PhoneNumber.masked(call.e164()),
                call.campaign(),
                call.matter(),
                call.trunk(),
                "+" + call.callerId(),
                Moments.shown(times.planned()),
                Moments.shown(times.dialled()),
                Moments.shown(times.ringing()),
                Moments.shown(times.answered()),
                heard(call.greeting().beganMillis()),
                heard(call.greeting().endedMillis()),
                Moments.shown(times.connected()),
                Moments.shown(times.ended()),
                times.connected() == 0 || times.ended() == 0 ? null : (times.ended() - times.connected()) / 1_000,
                call.outcome(),
                call.sipStatus() == 0 ? null : call.sipStatus(),
                call.agent(),
                call.said() == null ? null : call.said().name(),
                call.said() == null ? null : ScalarType.written(call.said().meaning()),
                call.script());
    }

    private static @Nullable Long heard(long millis) {
        return millis == Greeting.UNHEARD ? null : millis;
    }
}
