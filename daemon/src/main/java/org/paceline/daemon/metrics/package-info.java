/** The daemon's figures in Prometheus' form, read from the engine's snapshots when they are asked for. */
@NullMarked
package org.paceline.daemon.metrics;

import org.jspecify.annotations.NullMarked;
