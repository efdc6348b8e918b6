/** The daemon's figures in Prometheus' form, read from the engine's snapshots on request. */
@NullMarked
package org.paceline.daemon.metrics;

import org.jspecify.annotations.NullMarked;
