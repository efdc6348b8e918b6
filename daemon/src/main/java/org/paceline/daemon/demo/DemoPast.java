package org.paceline.daemon.demo;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.paceline.daemon.attempts.SqlAttemptJournal;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.leads.HeldLeads;
import org.paceline.daemon.leads.LeadTable;
import org.paceline.daemon.store.SqlStore;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.CallDetails;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.Greeting;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.port.AttemptJournal.JournalUnavailableException;
import org.paceline.dialer.time.Moment;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RecordingDirective;

/** Attempts of an hour ago: some leads were busy then, so one more attempt is over their cap. */
final class DemoPast {
    private static final String NODE = "demo-past";
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long BUSY_AFTER_MILLIS = 800;
    private static final CampaignId CAMPAIGN = new CampaignId(DemoFiles.CAMPAIGN);

    private DemoPast() {}

    /** Stores the attempts in the same way as the daemon does. */
    static void write(Database database, NumberPlan numbers, int count, long nowEpochMillis)
            throws SQLException, JournalUnavailableException {
        long then = nowEpochMillis - HOUR_MILLIS;
        List<Attempt> attempts = new ArrayList<>();
        List<Effect.Entry> ends = new ArrayList<>();
        for (LeadTable.Listed lead : new LeadTable(database).first(count)) {
            if (numbers.parse("+" + lead.e164(), null) instanceof NumberPlan.Parsed.Valid valid) {
                CallId call = new CallId(attempts.size() + 1L);
                attempts.add(attempt(call, lead.id(), valid.number(), then));
                ends.add(ended(call, lead.id(), then));
            }
        }
        new SqlAttemptJournal(database, NODE, 0).append(attempts);
        new SqlStore(database, NODE, new HeldLeads()).write(ends);
    }

    private static Attempt attempt(CallId call, LeadId lead, PhoneNumber number, long atEpochMillis) {
        DialOrder order = new DialOrder(
                number,
                new TrunkId("carrier"),
                DemoFiles.CALLER_ID,
                15_000,
                false,
                RecordingDirective.ALWAYS,
                null,
                CAMPAIGN);
        return new Attempt(call, lead, order, List.of(), null, null, new Moment(0, atEpochMillis), 0);
    }

    private static Effect.AttemptEnded ended(CallId call, LeadId lead, long atEpochMillis) {
        return new Effect.AttemptEnded(
                new CallDetails(
                        call,
                        lead,
                        CAMPAIGN,
                        Outcome.BUSY,
                        CallCause.ofStatus(486),
                        null,
                        atEpochMillis,
                        0,
                        0,
                        0,
                        atEpochMillis + BUSY_AFTER_MILLIS,
                        -1,
                        Greeting.NONE,
                        null,
                        null),
                new LeadNext.RetryAt(atEpochMillis + HOUR_MILLIS, null));
    }
}
