/** Trunks as the network knows them: where they are, and whether they can take calls. */
@NullMarked
package org.paceline.sip.trunk;

import org.jspecify.annotations.NullMarked;
