/** Secured connections: on what terms, and by which certificates. */
@NullMarked
package org.paceline.sip.tls;

import org.jspecify.annotations.NullMarked;
