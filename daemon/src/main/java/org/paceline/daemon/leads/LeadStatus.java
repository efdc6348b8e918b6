package org.paceline.daemon.leads;

import org.paceline.dialer.lead.LeadNext;

/** The status of a lead: the words of {@code lead.status}, which no statement spells in another way. */
public enum LeadStatus {
    /** The lead may be leased once its time has come. */
    NEW,
    /** A node has the lead. */
    LEASED,
    /** The lead had its last attempt or reached its goal. */
    DONE,
    /** A rule refuses the lead for good. */
    REFUSED;

    /** Returns the status of a lead that leaves the engine with that decision. */
    public static LeadStatus after(LeadNext next) {
        return switch (next) {
            case LeadNext.Done _ -> DONE;
            case LeadNext.RetryAt _, LeadNext.Untouched _ -> NEW;
            case LeadNext.RefusedForGood _ -> REFUSED;
        };
    }
}
