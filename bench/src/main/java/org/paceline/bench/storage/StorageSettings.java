package org.paceline.bench.storage;

import java.time.Duration;
import org.paceline.daemon.database.Durability;

/**
 * A run of the bench.
 *
 * @param kills of the process while it writes
 * @param threads that write at once
 * @param leads rows that they change
 * @param renewAt attempts in a database at which the next kill gets a new one
 * @param duringRecovery whether each process that opens the database after a kill is first killed while it does so
 * @param startLimit the longest time from the start of a process to its first transaction
 * @param costSeconds how long the cost of a row is measured; 0: not at all
 * @param seed of the moments of the kills and of what is written
 */
record StorageSettings(
        int kills,
        int threads,
        int leads,
        int renewAt,
        Durability durability,
        boolean duringRecovery,
        Duration startLimit,
        int costSeconds,
        long seed) {}
