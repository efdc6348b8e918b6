/** Attempts: made durable, and their caps enforced in SQL, before they are dialled; how they ended, and who reads them. */
@NullMarked
package org.paceline.daemon.attempts;

import org.jspecify.annotations.NullMarked;
