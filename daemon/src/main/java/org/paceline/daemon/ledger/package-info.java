/** The calls of earlier runs and other nodes: answered and abandoned ones, and money spent. */
@NullMarked
package org.paceline.daemon.ledger;

import org.jspecify.annotations.NullMarked;
