package org.paceline.sip.line;

import org.paceline.dialer.id.AgentId;

/**
 * Whose phone is called, and what for.
 *
 * @param forCustomer whether a customer waits for the answer, so that the phone is asked to answer by itself
 */
public record PhoneTarget(AgentId agent, PhoneUri at, boolean forCustomer) {}
