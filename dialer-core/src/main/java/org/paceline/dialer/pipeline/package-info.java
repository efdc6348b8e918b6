/** The three rings around the engine: inbox, dial and record, and the threads that serve them. */
@NullMarked
package org.paceline.dialer.pipeline;

import org.jspecify.annotations.NullMarked;
