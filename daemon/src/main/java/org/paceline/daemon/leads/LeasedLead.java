package org.paceline.daemon.leads;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.LeadTraits;

/**
 * A lead as it was leased.
 *
 * @param e164 digits without {@code +}
 * @param faults how many of the attempts count against no retry plan
 * @param rank its rank in the list's order; null for a promised call, which has none
 */
record LeasedLead(LeadId id, long e164, int attempts, int faults, LeadTraits traits, ListPlaces.@Nullable Rank rank) {}
