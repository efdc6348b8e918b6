/** Messages as bytes: their framing in streams, single headers of them, and the connections over TCP and TLS that they go by. */
@NullMarked
package org.paceline.sip.wire;

import org.jspecify.annotations.NullMarked;
