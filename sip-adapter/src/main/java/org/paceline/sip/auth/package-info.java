/** Digest authentication (RFC 3261 §22, RFC 7616, RFC 8760): of our requests to others, and of others' to us. */
@NullMarked
package org.paceline.sip.auth;

import org.jspecify.annotations.NullMarked;
