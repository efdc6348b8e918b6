/**
 * A virtual world around the production engine, for tests and benches: virtual time, an agenda of what will happen, and behaviours of the
 * journal, the network, the lists, the store and the agents. Nothing in production depends on it.
 */
@NullMarked
package org.paceline.dialer.simulation;

import org.jspecify.annotations.NullMarked;
