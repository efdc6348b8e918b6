package org.paceline.daemon;

import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.budget.CallCost;
import org.paceline.dialer.budget.Reservation;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.CallDetails;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.Greeting;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.port.EventSink;
import org.paceline.dialer.time.Moment;
import org.paceline.rules.CapLimit;
import org.paceline.rules.NumberKind;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.RuleId;

/** Domain objects in short, for the tests of persistence. */
public final class Fixtures {
    public static final CampaignId SPRING = new CampaignId("spring");
    public static final CampaignId AUTUMN = new CampaignId("autumn");
    public static final long NOON = 1_790_000_000_000L;

    private Fixtures() {}

    public static Attempt attempt(long call, long lead, long e164, long atEpochMillis, CapLimit... caps) {
        return attempt(SPRING, call, lead, e164, atEpochMillis, caps);
    }

    public static Attempt attempt(
            CampaignId campaign, long call, long lead, long e164, long atEpochMillis, CapLimit... caps) {
        PhoneNumber number =
                new PhoneNumber(e164, "US", NumberKind.FIXED_LINE_OR_MOBILE, List.of(ZoneId.of("America/New_York")));
        DialOrder order = new DialOrder(
                number, new TrunkId("carrier"), 13055550100L, 30_000, false, RecordingDirective.NEVER, null, campaign);
        return new Attempt(
                new CallId(call), new LeadId(lead), order, List.of(caps), null, null, new Moment(0, atEpochMillis), 0);
    }

    /** The same attempt, to be paid of the budget of campaign spring and November. */
    public static Attempt priced(Attempt attempt, long micros, long limitMicros) {
        return priced(attempt, 202611, micros, limitMicros);
    }

    /** The same of another month. */
    public static Attempt priced(Attempt attempt, int month, long micros, long limitMicros) {
        return new Attempt(
                attempt.call(),
                attempt.lead(),
                attempt.order(),
                attempt.caps(),
                new Reservation("campaign:spring", month, micros, limitMicros, new Tariff.Rate(60, 0, 1_000, 1_000)),
                attempt.chargedTo(),
                attempt.plannedAt(),
                attempt.staleAfterNanos());
    }

    /** What all runs together spent and reserved, {@code 120+40}. */
    public static String spentAndReserved(Database database) {
        return value(database, "SELECT SUM(spent_micros) || '+' || SUM(reserved_micros) FROM budget");
    }

    public static CapLimit cap(String rule, long since, int atMost) {
        return new CapLimit(RuleId.of(rule), CapLimit.Scope.NUMBER, since, atMost);
    }

    public static Effect.AttemptEnded ended(long call, long lead, Outcome outcome, LeadNext next) {
        return ended(call, lead, outcome, null, next);
    }

    public static Effect.AttemptEnded ended(
            long call, long lead, Outcome outcome, @Nullable AgentId agent, LeadNext next) {
        return ended(call, lead, outcome, agent, next, null);
    }

    public static Effect.AttemptEnded ended(
            long call, long lead, Outcome outcome, @Nullable AgentId agent, LeadNext next, @Nullable CallCost cost) {
        CallDetails details = new CallDetails(
                new CallId(call),
                new LeadId(lead),
                SPRING,
                outcome,
                CallCause.ofStatus(200),
                agent,
                NOON + 10,
                NOON + 20,
                0,
                0,
                NOON + 30,
                -1,
                Greeting.NONE,
                cost,
                null);
        return new Effect.AttemptEnded(details, next);
    }

    /** The same call, joined with its agent at that time, 0 for never. */
    public static CallDetails connectedAt(CallDetails call, long atEpochMillis) {
        return new CallDetails(
                call.call(),
                call.lead(),
                call.campaign(),
                call.outcome(),
                call.cause(),
                call.agent(),
                call.dialledAtEpochMillis(),
                call.ringingAtEpochMillis(),
                atEpochMillis,
                atEpochMillis,
                call.endedAtEpochMillis(),
                call.answerToConnectedMicros(),
                call.greeting(),
                call.cost(),
                call.scriptVersion());
    }

    /** Puts a lead in, leased to a node or, with null, free; returns its id. */
    public static long lead(Database database, CampaignId campaign, long e164, @Nullable String node) {
        return database.write(
                handle -> handle.createUpdate("INSERT INTO lead (campaign, e164, region, status, lease_node,"
                                + " imported_at) VALUES (:campaign, :e164, 'US', :status, :node, 0)")
                        .bind("campaign", campaign.value())
                        .bind("e164", e164)
                        .bind("status", node == null ? "NEW" : "LEASED")
                        .bind("node", node)
                        .executeAndReturnGeneratedKeys("id")
                        .mapTo(Long.class)
                        .one());
    }

    /** One row's value as text. */
    public static String value(Database database, String sql) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(sql)
                        .map((row, _) -> String.valueOf((Object) row.getString(1)))
                        .one());
    }

    /** A sink that keeps what it is told. */
    public static final class Heard implements EventSink {
        private static final long LIMIT_SECONDS = 20;
        private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

        @Override
        public void publish(Event event) {
            events.add(event);
        }

        @Override
        public boolean offer(Event event) {
            return events.add(event);
        }

        /** The next event; fails after 20 s without one. */
        public Event next() throws InterruptedException {
            Event event = events.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no event came within " + LIMIT_SECONDS + " s");
            }
            return event;
        }

        public boolean isEmpty() {
            return events.isEmpty();
        }
    }
}
