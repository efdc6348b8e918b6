/** Leads as the list gives them, and what becomes of them after an attempt. Values only. */
@NullMarked
package org.paceline.dialer.lead;

import org.jspecify.annotations.NullMarked;
