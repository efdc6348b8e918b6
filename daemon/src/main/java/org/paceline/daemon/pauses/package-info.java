/**
 * Campaigns that a supervisor paused: the pauses are kept in the database, told to the engine, and observed by every
 * node.
 *
 * <p>Table: {@code campaign_pause}.
 */
@NullMarked
package org.paceline.daemon.pauses;

import org.jspecify.annotations.NullMarked;
