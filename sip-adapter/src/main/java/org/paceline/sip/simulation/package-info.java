/**
 * The telephone network and the agents' phones as SIP and RTP peers on loopback: for the demo, the bench and tests.
 */
@NullMarked
package org.paceline.sip.simulation;

import org.jspecify.annotations.NullMarked;
