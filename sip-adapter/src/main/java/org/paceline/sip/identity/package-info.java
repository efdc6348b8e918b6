/** How a trunk wants numbers and identities written, and the headers that result. */
@NullMarked
package org.paceline.sip.identity;

import org.jspecify.annotations.NullMarked;
