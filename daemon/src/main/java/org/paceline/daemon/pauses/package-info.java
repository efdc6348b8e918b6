/** Campaigns that a supervisor paused: kept in the database, told to the engine, held by every node. */
@NullMarked
package org.paceline.daemon.pauses;

import org.jspecify.annotations.NullMarked;
