/**
 * The judge: it decides whether a campaign may call a number now, and how the call is recorded. Policies are data
 * (YAML), compiled once into a {@link org.paceline.rules.RuleBook}; judging is a pure function that reads no clock and
 * does no I/O.
 */
@NullMarked
package org.paceline.rules;

import org.jspecify.annotations.NullMarked;
