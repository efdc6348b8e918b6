/** The do-not-call list: its table, its import, and the watch that tells the engine what other processes entered. */
@NullMarked
package org.paceline.daemon.donotcall;

import org.jspecify.annotations.NullMarked;
