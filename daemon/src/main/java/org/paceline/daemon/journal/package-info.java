/** Attempts made durable, and their caps enforced in SQL, before they are dialled. */
@NullMarked
package org.paceline.daemon.journal;

import org.jspecify.annotations.NullMarked;
