/** What is said to agents and of them: commands, states, limits, breaks, addresses. Values only. */
@NullMarked
package org.paceline.dialer.agent;

import org.jspecify.annotations.NullMarked;
