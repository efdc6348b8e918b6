/** What earlier runs and other nodes did: answered and abandoned calls, and money spent. */
@NullMarked
package org.paceline.daemon.ledger;

import org.jspecify.annotations.NullMarked;
