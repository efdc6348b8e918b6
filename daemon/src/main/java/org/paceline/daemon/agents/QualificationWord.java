package org.paceline.daemon.agents;

import org.paceline.dialer.agent.Qualification;

/**
 * An entry about a qualification.
 *
 * @param id higher for a later entry
 * @param by who entered it, {@code supervisor:boss}
 */
public record QualificationWord(long id, Qualification qualification, String by, long atEpochMillis) {}
