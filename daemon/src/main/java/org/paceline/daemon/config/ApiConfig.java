package org.paceline.daemon.config;

import java.util.List;

/**
 * {@code api}: where the HTTP API listens, and who may use it besides the agents.
 *
 * @param port TCP; 0 for any free one
 */
public record ApiConfig(String host, int port, List<SupervisorConfig> supervisors, List<LeaderConfig> leaders) {}
