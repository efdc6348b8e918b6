/**
 * The lead list and the calls promised to leads: import, leases, refusals, settlements. A lead is leased as long as its node's
 * lease holds ({@code recovery.NodeLease}), so that renewing a thousand leads writes one row.
 *
 * <p>Tables: {@code lead}, {@code callback}. They have one owner because {@code lead.callback_id} names the open promise and
 * takes the lead out of the list's order. {@code attempt} is read to tell which refused numbers were attempted since, and which
 * leased leads have a call.
 */
@NullMarked
package org.paceline.daemon.leads;

import org.jspecify.annotations.NullMarked;
