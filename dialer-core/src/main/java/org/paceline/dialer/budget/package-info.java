/** What calls cost, and the budgets that they are paid of. */
@NullMarked
package org.paceline.dialer.budget;

import org.jspecify.annotations.NullMarked;
