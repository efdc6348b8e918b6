package org.paceline.daemon.leads;

/** Where a lead stands, as in the database. */
public enum LeadStatus {
    /** It may be leased once its time has come. */
    NEW,
    /** A node has it. */
    LEASED,
    /** It had its last attempt or reached its goal. */
    DONE,
    /** A rule refuses it for good. */
    REFUSED
}
