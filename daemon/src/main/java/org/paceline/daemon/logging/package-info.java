/** The daemon's logging: one line for each event as {@code key=value}, telephone numbers masked, secrets never. */
@NullMarked
package org.paceline.daemon.logging;

import org.jspecify.annotations.NullMarked;
