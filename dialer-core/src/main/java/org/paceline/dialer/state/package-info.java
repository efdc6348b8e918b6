/** The live state: agents, calls, campaigns and their lists, each with its states and the ways between them. */
@NullMarked
package org.paceline.dialer.state;

import org.jspecify.annotations.NullMarked;
