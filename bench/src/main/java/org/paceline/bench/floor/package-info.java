/** The call centre that benches put around the engine: campaigns, leads, what happens when. */
@NullMarked
package org.paceline.bench.floor;

import org.jspecify.annotations.NullMarked;
