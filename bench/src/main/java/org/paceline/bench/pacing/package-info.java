/** The pacing lab: the production engine in virtual time, with a simulated public and simulated agents. */
@NullMarked
package org.paceline.bench.pacing;

import org.jspecify.annotations.NullMarked;
