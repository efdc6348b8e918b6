/** Session descriptions (RFC 8866) and the offer/answer model (RFC 3264), as far as one audio stream of G.711 needs them. */
@NullMarked
package org.paceline.sip.sdp;

import org.jspecify.annotations.NullMarked;
