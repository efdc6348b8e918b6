/**
 * The cost of each month's calls, in the database.
 *
 * <p>Tables: {@code budget}. Its sums are counted from {@code attempt}, which is read for that.
 */
@NullMarked
package org.paceline.daemon.budget;

import org.jspecify.annotations.NullMarked;
