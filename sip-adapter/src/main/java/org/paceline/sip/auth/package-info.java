/** Digest authentication of our requests (RFC 3261 §22, RFC 7616, RFC 8760). */
@NullMarked
package org.paceline.sip.auth;

import org.jspecify.annotations.NullMarked;
