/** The call centre that benches put around the engine: a trunk, campaigns, leads. */
@NullMarked
package org.paceline.bench.floor;

import org.jspecify.annotations.NullMarked;
