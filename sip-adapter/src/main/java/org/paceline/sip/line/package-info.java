/**
 * Agents' phones: standing lines, called at sign-in, kept up and called again when they drop; and single calls, for customers
 * of agents without such a line.
 */
@NullMarked
package org.paceline.sip.line;

import org.jspecify.annotations.NullMarked;
