/** The nodes that share a database: whether this run of one may still write, and whether the database still has what it wrote. */
@NullMarked
package org.paceline.daemon.nodes;

import org.jspecify.annotations.NullMarked;
