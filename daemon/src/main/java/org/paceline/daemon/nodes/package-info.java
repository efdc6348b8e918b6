/**
 * The nodes that share a database: their leases, whether this run may still write, and whether the database still has
 * what it wrote.
 *
 * <p>Tables: {@code node}, and the sequence {@code run_number}.
 */
@NullMarked
package org.paceline.daemon.nodes;

import org.jspecify.annotations.NullMarked;
