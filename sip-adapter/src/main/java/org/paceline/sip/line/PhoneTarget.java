package org.paceline.sip.line;

import org.paceline.dialer.id.AgentId;

/**
 * The phone that is called, and the purpose of the call.
 *
 * @param forCustomer whether a customer waits for the answer, so that the phone is asked to answer by itself
 */
public record PhoneTarget(AgentId agent, PhoneUri at, boolean forCustomer) {}
