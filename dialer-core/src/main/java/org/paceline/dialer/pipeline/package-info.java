/** The four rings around the engine: inbox, journal, dial and store, and the threads that serve them. */
@NullMarked
package org.paceline.dialer.pipeline;

import org.jspecify.annotations.NullMarked;
