package org.paceline.daemon.config;

/** Someone who may act for every agent. */
public record SupervisorConfig(String name, Secret token) {}
