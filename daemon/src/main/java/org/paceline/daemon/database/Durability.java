package org.paceline.daemon.database;

/** The failures that a committed batch survives. */
public enum Durability {
    /** The batch survives the death of the process, {@code kill -9} included. */
    PROCESS,
    /**
     * The batch survives the loss of power too: on H2 each batch waits for the disk, about 400 a second. PostgreSQL
     * always does.
     */
    POWER
}
