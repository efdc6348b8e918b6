package org.paceline.daemon.config;

/**
 * The {@code phone} of an agent: what the agent's phones register with.
 *
 * @param user unlike that of any other agent
 */
public record PhoneConfig(String user, Secret password) {}
