/**
 * Recovery of dead processes: their attempts in doubt end as interrupted and count, and their leads go on. It also
 * knows which nodes are alive.
 */
@NullMarked
package org.paceline.daemon.recovery;

import org.jspecify.annotations.NullMarked;
