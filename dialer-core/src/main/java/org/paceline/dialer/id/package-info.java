/** The identities of agents, calls, campaigns, leads and trunks: what all else is named by. */
@NullMarked
package org.paceline.dialer.id;

import org.jspecify.annotations.NullMarked;
