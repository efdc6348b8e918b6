/**
 * Calls that were promised to leads: when, by whom, for whom, and whether they were kept in time. Their table is that of {@code leads}.
 */
@NullMarked
package org.paceline.daemon.callbacks;

import org.jspecify.annotations.NullMarked;
