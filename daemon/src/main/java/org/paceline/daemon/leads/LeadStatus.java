package org.paceline.daemon.leads;

import org.paceline.dialer.lead.LeadNext;

/** Where a lead stands: the words of {@code lead.status}, which no statement spells in another way. */
public enum LeadStatus {
    /** It may be leased once its time has come. */
    NEW,
    /** A node has it. */
    LEASED,
    /** It had its last attempt or reached its goal. */
    DONE,
    /** A rule refuses it for good. */
    REFUSED;

    /** Where a lead stands that leaves the engine so. */
    public static LeadStatus after(LeadNext next) {
        return switch (next) {
            case LeadNext.Done _ -> DONE;
            case LeadNext.RetryAt _, LeadNext.Untouched _ -> NEW;
            case LeadNext.RefusedForGood _ -> REFUSED;
        };
    }
}
