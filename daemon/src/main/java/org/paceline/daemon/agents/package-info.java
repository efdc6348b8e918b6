/**
 * What the database knows of agents beside their calls: for which campaigns they are qualified, when they were signed in, and their
 * states.
 *
 * <p>Tables: {@code agent_event}, {@code agent_limit}, {@code agent_qualification}, {@code agent_session}.
 */
@NullMarked
package org.paceline.daemon.agents;

import org.jspecify.annotations.NullMarked;
