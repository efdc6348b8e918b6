/** SIP messages as the API shows them and commands read them. */
@NullMarked
package org.paceline.daemon.trace;

import org.jspecify.annotations.NullMarked;
