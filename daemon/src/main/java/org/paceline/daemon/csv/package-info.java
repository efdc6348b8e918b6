/**
 * Number lists in CSV files: finding the columns, reading row by row in bounded memory, and the file of rejected rows.
 */
@NullMarked
package org.paceline.daemon.csv;

import org.jspecify.annotations.NullMarked;
