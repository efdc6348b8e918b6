/**
 * The gate of the embedded database: each transaction's changes go into the redo log before H2 commits them, and at the
 * start H2 gets what it lost. H2 is an image of the log that is written lazily.
 */
@NullMarked
package org.paceline.daemon.gate;

import org.jspecify.annotations.NullMarked;
