package org.paceline.daemon.config;

/** A person who may act for the agents of the teams that name this person their leader. */
public record LeaderConfig(String name, Secret token) {}
