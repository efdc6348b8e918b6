package org.paceline.daemon.config;

/** A person who may act for every agent. */
public record SupervisorConfig(String name, Secret token) {}
