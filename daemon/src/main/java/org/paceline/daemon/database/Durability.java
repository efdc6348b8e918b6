package org.paceline.daemon.database;

/** What a committed batch survives. */
public enum Durability {
    /** The death of the process, {@code kill -9} included. */
    PROCESS,
    /** The loss of power too: on H2 each batch waits for the disk, about 400 a second. PostgreSQL always does. */
    POWER
}
