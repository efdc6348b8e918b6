/**
 * Tasks that are done again and again: one class of worker for all of them, each on a thread of its own, counted in
 * {@code /metrics}.
 */
@NullMarked
package org.paceline.daemon.periodic;

import org.jspecify.annotations.NullMarked;
