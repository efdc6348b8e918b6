/** The engine: one thread owns all state; an event goes in, effects come out, and the same events give the same effects. */
@NullMarked
package org.paceline.dialer.engine;

import org.jspecify.annotations.NullMarked;
