/**
 * The pacing lab's command. The lab runs the production engine in virtual time, with a simulated public and simulated agents; its packages, from
 * below: {@code scenario}, {@code oracle}, {@code baseline} and {@code contender}, {@code world}, {@code history}, {@code report}, {@code lab}.
 */
@NullMarked
package org.paceline.bench.pacing;

import org.jspecify.annotations.NullMarked;
