/** Complaints: their cases with owner and due time, what was done about them, and the blocks that they put on numbers. */
@NullMarked
package org.paceline.daemon.complaints;

import org.jspecify.annotations.NullMarked;
