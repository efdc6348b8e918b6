package org.paceline.daemon.complaints;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.attempts.AttemptTable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.donotcall.DoNotCallEntry;
import org.paceline.daemon.donotcall.DoNotCallLog;
import org.paceline.daemon.donotcall.DoNotCallRemoval;
import org.paceline.daemon.donotcall.DoNotCallTable;
import org.paceline.daemon.requests.RefusedInputException;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.port.EventSink;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.OptOut;
import org.paceline.rules.PhoneNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enters complaints, answers them and closes them.
 *
 * <p>Thread: any; may block.
 */
public final class ComplaintDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ComplaintDesk.class);

    private final Parts parts;

    /**
     * The parts that it works with.
     *
     * @param log the log where blocks are written first, or null where the database loses none
     * @param epochMillis the clock, epoch milliseconds
     */
    public record Parts(
            Database database,
            NumberPlan numbers,
            ComplaintTerms terms,
            @Nullable DoNotCallLog log,
            EventSink engine,
            LongSupplier epochMillis) {}

    /**
     * A complaint to be entered.
     *
     * @param number the number as the user wrote it, or null for the number of the call
     * @param owner the owner, or null for the one that the configuration names
     * @param dueAtEpochMillis when it is due, or null for the configuration's time
     * @param by who enters it, {@code agent:alice}
     */
    public record Order(
            @Nullable String number,
            @Nullable String campaign,
            @Nullable Long call,
            String text,
            @Nullable String owner,
            @Nullable Long dueAtEpochMillis,
            String by) {}

    /** The result of closing a case. */
    public sealed interface Closed {
        record Done(Complaint complaint) implements Closed {}

        record Unknown() implements Closed {}

        record ClosedBefore() implements Closed {}

        /** The number stays blocked because another case of it is open, so nothing was done. */
        record OtherOpen(long id) implements Closed {}
    }

    public ComplaintDesk(Parts parts) {
        this.parts = parts;
    }

    /**
     * Blocks the number, from the very next dial on, and opens a case.
     *
     * @throws RefusedInputException with one line, where the number or the call is not valid
     */
    public Complaint open(Order order) throws SQLException, IOException {
        AttemptTable.Called call = order.call == null ? null : call(order.call);
        long e164 = e164(order, call);
        long now = parts.epochMillis.getAsLong();
        Complaint complaint = new Complaint(
                0,
                e164,
                order.campaign == null && call != null ? call.campaign() : order.campaign,
                order.call,
                call == null ? null : call.lead().value(),
                now,
                order.by,
                order.owner == null ? parts.terms.owner() : order.owner,
                order.dueAtEpochMillis == null ? now + parts.terms.due().toMillis() : order.dueAtEpochMillis,
                order.text,
                null);
        OptOut block = new OptOut(order.by, null, Long.MAX_VALUE, OptOut.Kind.COMPLAINT);
        DoNotCallEntry entry = new DoNotCallEntry(e164, block, now);
        if (parts.log != null) {
            parts.log.append(List.of(entry));
        }
        Complaint opened = parts.database.write(handle -> {
            DoNotCallTable.write(handle, List.of(entry));
            return found(handle, ComplaintTable.open(handle, complaint));
        });
        parts.engine.publish(new Event.NumberOptedOut(e164, block));
        LOG.info(
                "event=complaint id={} number={} by={} owner={}",
                opened.id(),
                PhoneNumber.masked(e164),
                opened.enteredBy(),
                opened.owner());
        return opened;
    }

    private long e164(Order order, AttemptTable.@Nullable Called call) {
        if (order.number == null) {
            if (call == null) {
                throw new RefusedInputException("'number' is missing: send it, or the 'call' that it is about");
            }
            return call.e164();
        }
        PhoneNumber number = switch (parts.numbers.parse(order.number, null)) {
            case NumberPlan.Parsed.Valid valid -> valid.number();
            case NumberPlan.Parsed.Rejected rejected ->
                throw new RefusedInputException("'number': " + rejected.reason());
        };
        if (call != null && call.e164() != number.e164()) {
            throw new RefusedInputException("'call': " + order.call + " was to another number");
        }
        return number.e164();
    }

    private AttemptTable.Called call(long id) {
        AttemptTable.Called call = new AttemptTable(parts.database).find(id);
        if (call == null) {
            throw new RefusedInputException("'call': there was no call " + id);
        }
        return call;
    }

    private static Complaint found(Handle handle, long id) throws SQLException {
        Complaint complaint = ComplaintTable.find(handle, id);
        if (complaint == null) {
            throw new SQLException("complaint " + id + " is gone");
        }
        return complaint;
    }

    /** Returns the case, or null where there is none. */
    public @Nullable Complaint find(long id) {
        return parts.database.jdbi().withHandle(handle -> ComplaintTable.find(handle, id));
    }

    /**
     * Lists cases, the latest first.
     *
     * @param beforeId only those with lower ids
     */
    public List<Complaint> list(Complaint.Which which, long beforeId, int most) {
        long now = parts.epochMillis.getAsLong();
        return parts.database.jdbi().withHandle(handle -> ComplaintTable.list(handle, which, beforeId, most, now));
    }

    /** Returns the notes on what was done about a case, the oldest first. */
    public List<Complaint.Note> notes(long id) {
        return parts.database.jdbi().withHandle(handle -> ComplaintTable.notes(handle, id));
    }

    /** Keeps what was answered or done about a case, whether it is closed or not. */
    public void addNote(long id, String text, String by) {
        Complaint.Note note = new Complaint.Note(parts.epochMillis.getAsLong(), by, text);
        parts.database.write(handle -> {
            ComplaintTable.addNote(handle, id, note);
            return null;
        });
    }

    /**
     * Closes a case. The number stays blocked, unless a reason is given to call it again.
     *
     * @param unblock why the number may be called again, or null
     */
    public Closed close(long id, String result, @Nullable String unblock, String by) throws SQLException {
        long now = parts.epochMillis.getAsLong();
        Closed closed = parts.database.write(handle -> {
            Complaint complaint = ComplaintTable.find(handle, id);
            if (complaint == null) {
                return new Closed.Unknown();
            }
            Long other = unblock == null ? null : ComplaintTable.otherOpen(handle, complaint);
            if (other != null) {
                return new Closed.OtherOpen(other);
            }
            if (!ComplaintTable.close(handle, id, new Complaint.Closing(result, now, by))) {
                return new Closed.ClosedBefore();
            }
            if (unblock != null) {
                DoNotCallRemoval.remove(
                        handle,
                        new DoNotCallRemoval.Order(complaint.e164(), null, OptOut.Kind.COMPLAINT, by, unblock, now));
            }
            return new Closed.Done(found(handle, id));
        });
        if (closed instanceof Closed.Done) {
            LOG.info("event=complaint-closed id={} by={} unblocked={}", id, by, unblock != null);
        }
        return closed;
    }

    /** Returns the time that decides what is overdue, epoch milliseconds. */
    public long now() {
        return parts.epochMillis.getAsLong();
    }
}
