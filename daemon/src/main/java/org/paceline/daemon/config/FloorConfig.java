package org.paceline.daemon.config;

import java.time.Duration;
import java.util.List;
import org.paceline.dialer.agent.PauseCode;

/**
 * {@code floor}: the terms for all agents.
 *
 * @param pauseCodes the possible reasons for a pause; empty for any
 * @param breakTime how long one agent may be on break a day; zero for no such limit
 * @param signInLimit how long a line may take to come up after sign-in; zero for no limit
 * @param lineGrace how long a line may be down before the agent is signed out; zero for no limit
 */
public record FloorConfig(List<PauseCode> pauseCodes, Duration breakTime, Duration signInLimit, Duration lineGrace) {}
