/** Messages to agents and about them: commands, states, limits, breaks, addresses. Values only. */
@NullMarked
package org.paceline.dialer.agent;

import org.jspecify.annotations.NullMarked;
