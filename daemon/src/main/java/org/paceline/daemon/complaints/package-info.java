/**
 * Complaints: their cases with owner and due time, what was done about them, and the blocks that they put on numbers.
 *
 * <p>Tables: {@code complaint}, {@code complaint_note}. {@code attempt} is read for the number of the call that a case is about.
 */
@NullMarked
package org.paceline.daemon.complaints;

import org.jspecify.annotations.NullMarked;
