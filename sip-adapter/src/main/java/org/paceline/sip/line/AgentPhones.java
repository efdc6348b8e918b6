package org.paceline.sip.line;

import org.paceline.sip.dialog.SipCalls;
import org.paceline.sip.media.MediaPlane;
import org.paceline.sip.stack.SipCounters;

/**
 * The parts that calls of agents' phones share. Thread: any.
 *
 * @param timeoutMillis how long a phone may neither send nor answer before it counts as off the line; 0 for no limit
 */
public record AgentPhones(SipCalls calls, MediaPlane media, SipCounters counters, long timeoutMillis) {}
