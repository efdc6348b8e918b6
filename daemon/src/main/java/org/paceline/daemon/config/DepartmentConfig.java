package org.paceline.daemon.config;

/**
 * What the calls of a department's campaigns may cost together.
 *
 * @param limitMicros most in a month, millionths of the currency
 */
public record DepartmentConfig(String name, long limitMicros) {}
