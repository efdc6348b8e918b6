/** What the calls of each month cost, in the database. */
@NullMarked
package org.paceline.daemon.budget;

import org.jspecify.annotations.NullMarked;
