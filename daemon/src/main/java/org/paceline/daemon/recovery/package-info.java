/**
 * Who is alive, and what a dead process leaves behind: its attempts in doubt end as interrupted and count, its leads go on.
 */
@NullMarked
package org.paceline.daemon.recovery;

import org.jspecify.annotations.NullMarked;
