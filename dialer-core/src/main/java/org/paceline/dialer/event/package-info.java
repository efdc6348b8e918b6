/** The messages at the engine's edge: what it is told, and what it wants done. Values only. */
@NullMarked
package org.paceline.dialer.event;

import org.jspecify.annotations.NullMarked;
