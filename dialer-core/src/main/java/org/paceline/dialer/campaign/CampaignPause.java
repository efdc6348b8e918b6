package org.paceline.dialer.campaign;

/**
 * A supervisor's word that a campaign is to place no calls.
 *
 * @param by who said so: {@code api:boss}, {@code cli:root}
 * @param reason why, one line
 * @param sinceEpochMillis when
 */
public record CampaignPause(String by, String reason, long sinceEpochMillis) {}
