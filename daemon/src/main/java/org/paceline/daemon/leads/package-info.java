/**
 * The lead list: its import, and the leases by which this node takes leads from it. A lead is leased as long as its node's
 * lease holds ({@code recovery.NodeLease}), so that renewing a thousand leads writes one row.
 */
@NullMarked
package org.paceline.daemon.leads;

import org.jspecify.annotations.NullMarked;
