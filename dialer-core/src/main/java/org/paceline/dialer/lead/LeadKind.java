package org.paceline.dialer.lead;

/** Whether nobody spoke with the lead yet, or an earlier conversation is followed up. */
public enum LeadKind {
    NEW,
    FOLLOW_UP
}
