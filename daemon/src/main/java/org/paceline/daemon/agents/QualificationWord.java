package org.paceline.daemon.agents;

import org.paceline.dialer.agent.Qualification;

/**
 * What was said of a qualification.
 *
 * @param id higher for a later word
 * @param by who said it, {@code supervisor:boss}
 */
public record QualificationWord(long id, Qualification qualification, String by, long atEpochMillis) {}
