package org.paceline.rules;

/** The state of the script that agents read from. */
public enum ScriptState {
    /** The campaign names no script. */
    NONE,
    /** The script is the version that was approved. */
    APPROVED,
    /** The script's text is no longer the approved one. */
    ALTERED
}
