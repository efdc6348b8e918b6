package org.paceline.daemon.config;

/** Someone who may act for the agents of the teams that name it their leader. */
public record LeaderConfig(String name, Secret token) {}
