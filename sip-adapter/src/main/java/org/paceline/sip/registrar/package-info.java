/**
 * The registrar of agents' phones (RFC 3261 §10): which phones tell us where they are, and where each is called. Phones show
 * who they are by digest; what a phone told is kept over a restart.
 */
@NullMarked
package org.paceline.sip.registrar;

import org.jspecify.annotations.NullMarked;
