package org.paceline.sip.line;

import org.paceline.sip.dialog.SipCalls;
import org.paceline.sip.media.MediaPlane;
import org.paceline.sip.stack.SipCounters;

/**
 * What calls of agents' phones stand on. Thread: any.
 *
 * @param timeoutMillis a phone that neither sends nor answers for so long is off the line; 0 for never
 */
public record AgentPhones(SipCalls calls, MediaPlane media, SipCounters counters, long timeoutMillis) {}
