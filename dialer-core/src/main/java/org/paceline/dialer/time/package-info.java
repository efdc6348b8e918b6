/** Time as a parameter: the moment of an event and the engine's timer wheel. Nothing here reads a clock. */
@NullMarked
package org.paceline.dialer.time;

import org.jspecify.annotations.NullMarked;
