/** Puts a changed campaign file in force while the daemon runs, as a whole or not at all. */
@NullMarked
package org.paceline.daemon.config.watch;

import org.jspecify.annotations.NullMarked;
