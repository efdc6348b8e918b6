/** The identities of agents, calls, campaigns, leads and trunks, by which everything else names them. */
@NullMarked
package org.paceline.dialer.id;

import org.jspecify.annotations.NullMarked;
