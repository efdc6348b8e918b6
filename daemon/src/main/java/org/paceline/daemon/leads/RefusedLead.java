package org.paceline.daemon.leads;

import org.paceline.dialer.lead.Refusal;

/**
 * A lead with its last refusal.
 *
 * @param number the number, masked
 * @param refusal the refusal as the engine told it; its retry time is when the lead is offered again
 */
public record RefusedLead(long lead, String number, Refusal refusal) {}
