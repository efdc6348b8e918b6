package org.paceline.rules;

/** How the script stands that agents would read from. */
public enum ScriptState {
    /** The campaign names none. */
    NONE,
    /** The version that was approved. */
    APPROVED,
    /** Its text is not the approved one any more. */
    ALTERED
}
