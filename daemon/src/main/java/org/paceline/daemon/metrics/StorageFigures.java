package org.paceline.daemon.metrics;

import java.time.Duration;
import org.paceline.daemon.gate.Copies;
import org.paceline.daemon.gate.Opening;
import org.paceline.daemon.redo.LogExtent;

/**
 * The figures of an embedded database's copies and redo log.
 *
 * @param age since the newest copy was made, or found to hold all that there is; since the start where there is none
 * @param newest the newest copy; all figures 0 where there is none
 * @param failed tries since the start that made none
 * @param log what the redo log holds
 * @param opening what was mended when the database was opened
 */
public record StorageFigures(Duration age, Copies.Made newest, long failed, LogExtent log, Opening opening) {}
