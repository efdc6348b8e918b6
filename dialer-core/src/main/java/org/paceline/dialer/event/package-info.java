/** What the engine is told and what it wants done: the messages at its edge. Values only. */
@NullMarked
package org.paceline.dialer.event;

import org.jspecify.annotations.NullMarked;
