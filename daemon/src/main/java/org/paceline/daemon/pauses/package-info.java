/**
 * Campaigns that a supervisor paused: kept in the database, told to the engine, held by every node.
 *
 * <p>Table: {@code campaign_pause}.
 */
@NullMarked
package org.paceline.daemon.pauses;

import org.jspecify.annotations.NullMarked;
