/**
 * What the database keeps of agents besides their calls: their qualifications, their shifts, their states and where
 * their phones registered.
 *
 * <p>Tables: {@code agent_event}, {@code agent_limit}, {@code agent_phone}, {@code agent_qualification},
 * {@code agent_session}.
 */
@NullMarked
package org.paceline.daemon.agents;

import org.jspecify.annotations.NullMarked;
