/**
 * The judge: may this number be called, now, by this campaign, recorded how? Policies are data (YAML), compiled once
 * into a {@link org.paceline.rules.RuleBook}; judging is a pure function that reads no clock and does no I/O.
 */
@NullMarked
package org.paceline.rules;

import org.jspecify.annotations.NullMarked;
