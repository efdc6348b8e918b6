package org.paceline.daemon.api;

import io.javalin.http.Context;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.access.Caller;
import org.paceline.daemon.api.access.Tokens;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.daemon.api.http.Body;
import org.paceline.daemon.api.http.Moments;
import org.paceline.daemon.api.http.Queries;
import org.paceline.daemon.complaints.Complaint;
import org.paceline.daemon.complaints.ComplaintDesk;
import org.paceline.daemon.donotcall.DoNotCallDesk;
import org.paceline.rules.PhoneNumber;

/** {@code /api/complaints}: cases with owner and due time. */
final class ComplaintRoutes {
    private static final int LONGEST_TEXT = 2_000;
    private static final int LONGEST_NAME = 200;

    private final ComplaintDesk complaints;
    private final Campaigns campaigns;
    private final Tokens tokens;

    ComplaintRoutes(ComplaintDesk complaints, Campaigns campaigns, Tokens tokens) {
        this.complaints = complaints;
        this.campaigns = campaigns;
        this.tokens = tokens;
    }

    void addTo(Routes routes) {
        routes.post("/api/complaints", this::open);
        routes.get("/api/complaints", this::list, "state", "limit", "before");
        routes.get("/api/complaints/{id}", this::show);
        routes.post("/api/complaints/{id}/notes", this::note);
        routes.post("/api/complaints/{id}/close", this::close);
    }

    record Asked(
            @Nullable String number,
            @Nullable String campaign,
            @Nullable Long call,
            String text,
            @Nullable String owner,
            @Nullable Instant due) {
        Asked {
            Body.required("text", text, "called at night");
            Body.atMost("text", text, LONGEST_TEXT);
            Body.atMost("owner", owner, LONGEST_NAME);
        }
    }

    record NewNote(String text) {
        NewNote {
            Body.required("text", text, "called back, apologised");
            Body.atMost("text", text, LONGEST_TEXT);
        }
    }

    record Closing(String result, boolean unblock, @Nullable String reason) {
        Closing {
            Body.required("result", result, "apologised, number stays blocked");
            Body.atMost("result", result, LONGEST_TEXT);
            Body.atMost("reason", reason, DoNotCallDesk.LONGEST_REASON);
            if (unblock && reason == null) {
                throw ApiProblem.badRequest(
                        "'reason' is missing: to unblock the number, say why it may be called again");
            }
            if (!unblock && reason != null) {
                throw ApiProblem.badRequest("'reason' goes with \"unblock\": true; say in 'result' how it was settled");
            }
        }
    }

    private record View(
            String id,
            String number,
            @Nullable String campaign,
            @Nullable String call,
            @Nullable String lead,
            String enteredAt,
            String enteredBy,
            String owner,
            String dueAt,
            String text,
            String state,
            boolean overdue,
            @Nullable String result,
            @Nullable String closedAt,
            @Nullable String closedBy) {}

    private record Note(String at, String by, String text) {}

    private record WithNotes(View complaint, List<Note> notes) {}

    /** @param next the {@code before} of the next page, or null on the last */
    private record Page(List<View> complaints, @Nullable String next) {}

    private void open(Context request) throws SQLException, IOException {
        Caller caller = tokens.caller(request);
        Asked asked = Body.of(request, Asked.class);
        var _ = campaigns.asked(asked.campaign);
        ComplaintDesk.Order order = new ComplaintDesk.Order(
                asked.number,
                asked.campaign,
                asked.call,
                asked.text,
                asked.owner,
                asked.due == null ? null : asked.due.toEpochMilli(),
                caller.source());
        request.status(201).json(view(complaints.open(order)));
    }

    private void list(Context request) {
        tokens.caller(request).mustSupervise();
        Complaint.Which which = Queries.choice(request, "state", Complaint.Which.ALL);
        int most = Queries.limit(request);
        List<Complaint> found = complaints.list(which, Queries.beforeId(request), most);
        request.json(new Page(
                found.stream().map(this::view).toList(),
                found.size() < most ? null : Long.toString(found.getLast().id())));
    }

    private void show(Context request) {
        tokens.caller(request).mustSupervise();
        showWithNotes(request, complaintOf(request));
    }

    private void showWithNotes(Context request, Complaint complaint) {
        List<Note> notes = complaints.notes(complaint.id()).stream()
                .map(note -> new Note(Moments.written(note.atEpochMillis()), note.by(), note.text()))
                .toList();
        request.json(new WithNotes(view(complaint), notes));
    }

    private void note(Context request) {
        Caller caller = tokens.caller(request);
        caller.mustSupervise();
        Complaint complaint = complaintOf(request);
        String text = Body.of(request, NewNote.class).text;
        complaints.addNote(complaint.id(), text, caller.source());
        request.status(201);
        showWithNotes(request, complaint);
    }

    private void close(Context request) throws SQLException {
        Caller caller = tokens.caller(request);
        caller.mustSupervise();
        long id = Queries.pathId(request, "complaint");
        Closing asked = Body.of(request, Closing.class);
        switch (complaints.close(id, asked.result, asked.reason, caller.source())) {
            case ComplaintDesk.Closed.Done done -> request.json(view(done.complaint()));
            case ComplaintDesk.Closed.Unknown _ -> throw unknown(id);
            case ComplaintDesk.Closed.ClosedBefore _ ->
                throw ApiProblem.refused("complaint " + id + " is closed already");
            case ComplaintDesk.Closed.OtherOpen other ->
                throw ApiProblem.refused("complaint " + other.id()
                        + " of the same number is open: close this one without unblock, or that one first");
        }
    }

    private Complaint complaintOf(Context request) {
        long id = Queries.pathId(request, "complaint");
        Complaint complaint = complaints.find(id);
        if (complaint == null) {
            throw unknown(id);
        }
        return complaint;
    }

    private static ApiProblem unknown(long id) {
        return ApiProblem.notFound("no complaint " + id);
    }

    private View view(Complaint complaint) {
        Complaint.Closing closing = complaint.closing();
        return new View(
                Long.toString(complaint.id()),
                PhoneNumber.masked(complaint.e164()),
                complaint.campaign(),
                idOrNull(complaint.call()),
                idOrNull(complaint.lead()),
                Moments.written(complaint.enteredAtEpochMillis()),
                complaint.enteredBy(),
                complaint.owner(),
                Moments.written(complaint.dueAtEpochMillis()),
                complaint.text(),
                closing == null ? "OPEN" : "CLOSED",
                complaint.isOverdue(complaints.now()),
                closing == null ? null : closing.result(),
                closing == null ? null : Moments.written(closing.atEpochMillis()),
                closing == null ? null : closing.by());
    }

    private static @Nullable String idOrNull(@Nullable Long id) {
        return id == null ? null : id.toString();
    }
}
