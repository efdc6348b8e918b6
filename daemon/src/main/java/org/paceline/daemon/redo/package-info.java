/**
 * The redo log of the embedded database: what each committed transaction did to the rows, in files that survive any
 * kill, and copies of all rows that were read back and found whole. Works on a {@link org.paceline.daemon.redo.Disk},
 * knows no SQL.
 */
@NullMarked
package org.paceline.daemon.redo;

import org.jspecify.annotations.NullMarked;
