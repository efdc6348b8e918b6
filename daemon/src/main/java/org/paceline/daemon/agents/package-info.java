/**
 * What the database keeps of agents besides their calls: their qualifications, their shifts and their states.
 *
 * <p>Tables: {@code agent_event}, {@code agent_limit}, {@code agent_qualification}, {@code agent_session}.
 */
@NullMarked
package org.paceline.daemon.agents;

import org.jspecify.annotations.NullMarked;
