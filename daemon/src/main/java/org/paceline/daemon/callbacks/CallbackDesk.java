package org.paceline.daemon.callbacks;

import java.sql.SQLException;
import java.util.List;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.leads.CallbackTable;
import org.paceline.daemon.leads.KeptCallback;
import org.paceline.daemon.leads.KeptCallback.State;
import org.paceline.daemon.leads.LeadStatus;
import org.paceline.daemon.leads.LeadTable;
import org.paceline.daemon.requests.RefusedInputException;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.port.EventSink;
import org.paceline.rules.NumberPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and takes back promised calls by hand, and shows them.
 *
 * <p>Thread: any; may block.
 */
public final class CallbackDesk {
    /** The most characters of a note. */
    public static final int LONGEST_NOTE = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(CallbackDesk.class);
    private static final long DAY_MILLIS = 24 * 3_600_000L;
    private static final long MOST_DAYS_AHEAD = 366;

    private final Database database;
    private final NumberPlan numbers;
    private final EventSink engine;
    private final LongSupplier epochMillis;

    /**
     * A call to be promised: to a lead, or to a number's lead in a campaign.
     *
     * @param agent the agent whose callback it is, or null for any agent's
     * @param by who promises it, {@code supervisor:boss}
     */
    public record Order(
            @Nullable Long lead,
            @Nullable String number,
            @Nullable String campaign,
            @Nullable String agent,
            long dueAtEpochMillis,
            @Nullable String note,
            String by) {}

    /** @param epochMillis the clock, epoch milliseconds */
    public CallbackDesk(Database database, NumberPlan numbers, EventSink engine, LongSupplier epochMillis) {
        this.database = database;
        this.numbers = numbers;
        this.engine = engine;
        this.epochMillis = epochMillis;
    }

    /**
     * Promises a call, which replaces a call promised to the lead before.
     *
     * @throws RefusedInputException with one line, where there is no such lead or the time is not possible
     */
    public KeptCallback make(Order order) throws SQLException {
        long now = epochMillis.getAsLong();
        if (order.dueAtEpochMillis <= now || order.dueAtEpochMillis > now + MOST_DAYS_AHEAD * DAY_MILLIS) {
            throw new RefusedInputException("'due' must be after now, within " + MOST_DAYS_AHEAD + " days");
        }
        KeptCallback made = database.write(handle -> {
            LeadTable.Listed lead = lead(handle, order);
            Long id = CallbackTable.make(
                    handle,
                    new CallbackTable.Promise(
                            lead.id().value(),
                            order.agent,
                            order.dueAtEpochMillis,
                            lead.attempts(),
                            order.by,
                            order.note,
                            false,
                            now));
            KeptCallback callback = id == null ? null : CallbackTable.find(handle, id);
            if (callback == null) {
                throw new SQLException("lead " + lead.id() + " is gone");
            }
            return callback;
        });
        engine.publish(new Event.CallbackPromised(
                new CampaignId(made.campaign()), new LeadId(made.lead()), made.dueAtEpochMillis()));
        LOG.info(
                "event=callback id={} campaign={} lead={} agent={} by={}",
                made.id(),
                made.campaign(),
                made.lead(),
                made.agent(),
                made.madeBy());
        return made;
    }

    private LeadTable.Listed lead(Handle handle, Order order) {
        if (order.lead != null) {
            return found(LeadTable.find(handle, order.lead), "'lead': there is no lead " + order.lead);
        }
        if (order.number == null || order.campaign == null) {
            throw new RefusedInputException("'lead' is missing: send it, or 'number' and 'campaign'");
        }
        long e164 = switch (numbers.parse(order.number, null)) {
            case NumberPlan.Parsed.Valid valid -> valid.number().e164();
            case NumberPlan.Parsed.Rejected rejected ->
                throw new RefusedInputException("'number': " + rejected.reason());
        };
        return found(
                LeadTable.find(handle, e164, new CampaignId(order.campaign)),
                "'number': campaign '" + order.campaign + "' has no lead of it: import it first");
    }

    private static LeadTable.Listed found(LeadTable.@Nullable Listed lead, String otherwise) {
        if (lead == null) {
            throw new RefusedInputException(otherwise);
        }
        return lead;
    }

    /** Returns the callback, or null where there is none. */
    public @Nullable KeptCallback find(long id) {
        return database.jdbi().withHandle(handle -> CallbackTable.find(handle, id));
    }

    /**
     * Lists callbacks, the latest made first.
     *
     * @param campaign the campaign, or null for all
     * @param agent the agent whose callbacks they are, or null for all
     */
    public List<KeptCallback> list(
            @Nullable String campaign, @Nullable String agent, @Nullable State state, long beforeId, int most) {
        return database.jdbi().withHandle(handle -> CallbackTable.list(handle, campaign, agent, state, beforeId, most));
    }

    /**
     * Takes a promise back: the lead is again what it was before. A call that is under way goes on.
     *
     * @return whether it was open
     */
    public boolean cancel(KeptCallback callback, String by) {
        LeadStatus status = database.<@Nullable LeadStatus, RuntimeException>write(
                handle -> CallbackTable.cancel(handle, callback));
        if (status == null) {
            return false;
        }
        engine.publish(new Event.CallbackCancelled(
                new CampaignId(callback.campaign()),
                new LeadId(callback.lead()),
                status == LeadStatus.NEW ? new LeadNext.RetryAt(epochMillis.getAsLong(), null) : new LeadNext.Done()));
        LOG.info("event=callback-cancelled id={} by={}", callback.id(), by);
        return true;
    }

    /** Returns the time that decides what is overdue, epoch milliseconds. */
    public long now() {
        return epochMillis.getAsLong();
    }
}
