package org.paceline.dialer.call;

import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;

/**
 * One call of an agent's phone for one customer who answered.
 *
 * @param number tells it from every other one of the run, so that nothing late of an earlier one is taken for it
 * @param call the customer's
 */
public record AgentRing(long number, CallId call, AgentId agent) {}
