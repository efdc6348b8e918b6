/** A scenario's day around the production engine: its lists, network and team, in virtual time. */
@NullMarked
package org.paceline.bench.pacing.world;

import org.jspecify.annotations.NullMarked;
