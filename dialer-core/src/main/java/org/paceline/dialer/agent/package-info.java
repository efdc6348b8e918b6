/** Agents: their states, their standing lines, and who is next in line for a customer. */
@NullMarked
package org.paceline.dialer.agent;

import org.jspecify.annotations.NullMarked;
