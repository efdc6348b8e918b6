package org.paceline.dialer.call;

import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;

/**
 * One call of an agent's phone for one customer who answered.
 *
 * @param number distinguishes this ring from every other one of the run, so that a late message of an earlier ring is
 * not taken for one of this ring
 * @param call the customer's call
 */
public record AgentRing(long number, CallId call, AgentId agent) {}
