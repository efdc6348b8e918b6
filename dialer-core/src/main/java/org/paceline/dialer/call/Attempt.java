package org.paceline.dialer.call;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.budget.Reservation;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.time.Moment;
import org.paceline.rules.CapLimit;

/**
 * A permitted attempt on its way to the journal, which stores it before it is dialled.
 *
 * @param call its id
 * @param lead whose turn it was
 * @param order what is dialled once it is stored
 * @param caps what the journal must enforce once more in SQL
 * @param reservation the money set aside for it, enforced in SQL too; null where no tariff says what it costs
 * @param chargedTo the agent whose day it counts against, or null until an agent is connected
 * @param plannedAt when the engine judged it
 * @param staleAfterNanos monotonic time; if the attempt is stored later than this, the pacer is asked whether it
 * still wants it
 */
public record Attempt(
        CallId call,
        LeadId lead,
        DialOrder order,
        List<CapLimit> caps,
        @Nullable Reservation reservation,
        @Nullable AgentId chargedTo,
        Moment plannedAt,
        long staleAfterNanos) {}
