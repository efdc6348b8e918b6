/** What the database knows of agents beside their calls: for which campaigns they are qualified. */
@NullMarked
package org.paceline.daemon.agents;

import org.jspecify.annotations.NullMarked;
