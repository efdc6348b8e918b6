/**
 * {@code paceline demo}: the daemon itself, as {@code run} starts it, with a simulated carrier, phones and agents around it,
 * on loopback.
 */
@NullMarked
package org.paceline.daemon.demo;

import org.jspecify.annotations.NullMarked;
