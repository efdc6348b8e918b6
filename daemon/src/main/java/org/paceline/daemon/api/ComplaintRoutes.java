package org.paceline.daemon.api;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.complaints.Complaint;
import org.paceline.daemon.complaints.ComplaintDesk;
import org.paceline.rules.PhoneNumber;

/** {@code /api/complaints}: cases with owner and due time. */
final class ComplaintRoutes {
    private static final int LONGEST_TEXT = 2_000;
    private static final int LONGEST_NAME = 200;

    private final ComplaintDesk complaints;
    private final Floor floor;
    private final Tokens tokens;

    ComplaintRoutes(ComplaintDesk complaints, Floor floor, Tokens tokens) {
        this.complaints = complaints;
        this.floor = floor;
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
            Body.atMost("reason", reason, Floor.LONGEST_REASON);
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

    private void open(Context request) {
        Caller caller = tokens.caller(request);
        Asked asked = Body.of(request, Asked.class);
        Queries.mustBeCampaign(asked.campaign, floor);
        ComplaintDesk.Order order = new ComplaintDesk.Order(
                asked.number,
                asked.campaign,
                asked.call,
                asked.text,
                asked.owner,
                asked.due == null ? null : asked.due.toEpochMilli(),
                caller.source());
        request.status(201).json(view(Queries.answered(() -> complaints.open(order))));
    }

    private void list(Context request) {
        tokens.caller(request).mustSupervise();
        Complaint.Which which = Queries.choice(request, "state", Complaint.Which.ALL);
        int most = Queries.limit(request);
        List<Complaint> found = Queries.answered(() -> complaints.list(which, Queries.beforeId(request), most));
        request.json(new Page(
                found.stream().map(this::view).toList(),
                found.size() < most ? null : Long.toString(found.getLast().id())));
    }

    private void show(Context request) {
        tokens.caller(request).mustSupervise();
        showWithNotes(request, complaintOf(request));
    }

    private void showWithNotes(Context request, Complaint complaint) {
        List<Note> notes = Queries.answered(() -> complaints.notes(complaint.id())).stream()
                .map(note -> new Note(time(note.atEpochMillis()), note.by(), note.text()))
                .toList();
        request.json(new WithNotes(view(complaint), notes));
    }

    private void note(Context request) {
        Caller caller = tokens.caller(request);
        caller.mustSupervise();
        Complaint complaint = complaintOf(request);
        String text = Body.of(request, NewNote.class).text;
        Queries.answered(() -> {
            complaints.addNote(complaint.id(), text, caller.source());
            return complaint;
        });
        request.status(201);
        showWithNotes(request, complaint);
    }

    private void close(Context request) {
        Caller caller = tokens.caller(request);
        caller.mustSupervise();
        long id = Queries.pathId(request, "complaint");
        Closing asked = Body.of(request, Closing.class);
        switch (Queries.answered(() -> complaints.close(id, asked.result, asked.reason, caller.source()))) {
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
        Complaint complaint = Queries.answeredOrNull(() -> complaints.find(id));
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
                Queries.idOrNull(complaint.call()),
                Queries.idOrNull(complaint.lead()),
                time(complaint.enteredAtEpochMillis()),
                complaint.enteredBy(),
                complaint.owner(),
                time(complaint.dueAtEpochMillis()),
                complaint.text(),
                closing == null ? "OPEN" : "CLOSED",
                complaint.isOverdue(complaints.now()),
                closing == null ? null : closing.result(),
                closing == null ? null : time(closing.atEpochMillis()),
                closing == null ? null : closing.by());
    }

    private static String time(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }
}
