package org.paceline.dialer.campaign;

import org.paceline.rules.ScriptState;

/**
 * The text that a campaign's agents read from.
 *
 * @param version the approved version's name; kept with each call whose agent had it before them
 * @param state whether its text is the approved one
 */
public record Script(String version, ScriptState state) {}
