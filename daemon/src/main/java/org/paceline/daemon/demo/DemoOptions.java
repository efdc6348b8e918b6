package org.paceline.daemon.demo;

import java.nio.file.Path;
import org.paceline.dialer.pacing.DialMode;

/**
 * How the demo is played.
 *
 * @param folder where its configuration, database, recordings and log go
 * @param agents how many
 * @param leads rows of the lead lists, those included that may not be dialled
 * @param seconds ends it at the latest
 * @param seed of everything that is drawn
 */
public record DemoOptions(Path folder, int agents, int leads, int seconds, DialMode pacing, long seed) {}
