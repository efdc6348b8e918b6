/** What the database knows of agents beside their calls: for which campaigns they are qualified, when they were signed in. */
@NullMarked
package org.paceline.daemon.agents;

import org.jspecify.annotations.NullMarked;
