package org.paceline.daemon.config;

/**
 * The limit on what the calls of a department's campaigns may cost together.
 *
 * @param limitMicros the limit for a month, millionths of the currency
 */
public record DepartmentConfig(String name, long limitMicros) {}
