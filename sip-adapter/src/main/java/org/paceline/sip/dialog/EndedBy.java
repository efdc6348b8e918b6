package org.paceline.sip.dialog;

/** Who ended a call that was up. */
public enum EndedBy {
    PEER,
    US,
    /** The signalling failed: a request or response that had to come did not. */
    SIGNALLING
}
