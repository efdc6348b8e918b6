/**
 * The database: its pool, its schema, and the errors when it does not open. H2 in a file by default, PostgreSQL where
 * several nodes share one; the SQL is the same on both. A process that finds the H2 file in use by the daemon of the
 * same machine can join it through the {@code SideDoor}.
 */
@NullMarked
package org.paceline.daemon.database;

import org.jspecify.annotations.NullMarked;
