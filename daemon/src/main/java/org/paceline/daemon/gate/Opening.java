package org.paceline.daemon.gate;

/**
 * What was found amiss when an embedded database was opened, and mended. Each is one line, or empty.
 *
 * @param cut what was cut off the end of the redo log
 * @param lacking what the redo log lacked
 * @param rebuilt why the database was made again
 */
public record Opening(String cut, String lacking, String rebuilt) {}
