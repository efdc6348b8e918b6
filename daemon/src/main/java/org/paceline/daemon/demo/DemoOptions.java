package org.paceline.daemon.demo;

import java.nio.file.Path;
import org.paceline.dialer.pacing.DialMode;

/**
 * The options of the demo.
 *
 * @param folder the folder of its configuration, database, recordings and log
 * @param agents how many agents there are
 * @param leads rows of the lead lists, including those that may not be dialled
 * @param seconds when it ends at the latest
 * @param seed the seed of everything that is drawn
 */
public record DemoOptions(Path folder, int agents, int leads, int seconds, DialMode pacing, long seed) {}
