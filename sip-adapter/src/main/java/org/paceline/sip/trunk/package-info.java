/** Trunks as the network sees them: their addresses, and whether they can take calls. */
@NullMarked
package org.paceline.sip.trunk;

import org.jspecify.annotations.NullMarked;
