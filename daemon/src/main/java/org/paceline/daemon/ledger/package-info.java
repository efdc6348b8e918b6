/** Answered and abandoned calls of earlier runs and other nodes, for the engine's shares of abandoned calls. */
@NullMarked
package org.paceline.daemon.ledger;

import org.jspecify.annotations.NullMarked;
