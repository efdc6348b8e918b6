/**
 * Everything kept of each call, and an agent's work of a day.
 *
 * <p>Tables: {@code call_disposition}, {@code call_note}, {@code recording}. The reports are here, so statements also
 * read tables of other owners: {@code attempt}, {@code lead}, {@code callback}, {@code complaint}, {@code
 * campaign_matter}, {@code agent_event}.
 */
@NullMarked
package org.paceline.daemon.calls;

import org.jspecify.annotations.NullMarked;
