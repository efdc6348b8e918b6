/**
 * Calls as they are kept: everything of each, and what an agent did on a day.
 *
 * <p>Tables: {@code call_disposition}, {@code call_note}, {@code recording}. The reports are here, so statements read what others own: {@code
 * attempt}, {@code lead}, {@code callback}, {@code complaint}, {@code campaign_matter}, {@code agent_event}.
 */
@NullMarked
package org.paceline.daemon.calls;

import org.jspecify.annotations.NullMarked;
