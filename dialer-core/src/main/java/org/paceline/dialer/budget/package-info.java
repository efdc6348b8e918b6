/** The cost of calls, and the budgets that pay for them. */
@NullMarked
package org.paceline.dialer.budget;

import org.jspecify.annotations.NullMarked;
